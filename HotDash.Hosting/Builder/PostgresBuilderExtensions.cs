using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    private const string Image = "docker.io/library/postgres";
    private const string Tag = "18.3";

    /// <summary>
    /// A Postgres server, embedded unless <c>Postgres:Mode</c> is <c>container</c>. The password is a parameter,
    /// <c>{name}-password</c>, made once and kept.
    /// </summary>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        var inContainer = IsContainer(builder.Configuration["Postgres:Mode"]);
        var secret = password?.Resource ?? builder.AddResource(ParameterResourceBuilderExtensions.CreateParameter(
            builder, $"{name}-password", new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true)).Resource;
        var server = builder.AddResource(new PostgresServerResource(name, userName?.Resource, secret));

        // The embedded server is reached without DCP's proxy: one hop less, and a dead server refuses instead of hanging.
        server.WithAnnotation(new EndpointAnnotation(
            ProtocolType.Tcp, name: PostgresServerResource.EndpointName, port: port, targetPort: inContainer ? 5432 : null, isProxied: inContainer));
        if (inContainer)
            server.AsContainer();

        builder.AddPostgresCheck(server.Resource);
        return server.WithHealthCheck(PostgresCheck.KeyOf(server.Resource));
    }

    /// <summary>A database, created as soon as the server is ready.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        var added = builder.ApplicationBuilder.AddResource(database);
        builder.Resource.DatabaseResources.Add(database);

        builder.ApplicationBuilder.AddPostgresCheck(database);
        return added.WithHealthCheck(PostgresCheck.KeyOf(database));
    }

    /// <summary>Keeps the data between runs: in a volume for a container; the embedded server always does.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithAnnotation(new ContainerMountAnnotation(
            name ?? $"{builder.ApplicationBuilder.Environment.ApplicationName}-{builder.Resource.Name}-data".ToLowerInvariant(),
            "/var/lib/postgresql",
            isReadOnly));

    private static bool IsContainer(string? mode) => mode?.ToLowerInvariant() switch
    {
        null or "" or "embedded" => false,
        "container" => true,
        _ => throw new DistributedApplicationException($"Postgres:Mode is '{mode}': use embedded or container."),
    };

    private static void AsContainer(this IResourceBuilder<PostgresServerResource> server) => server
        .WithAnnotation(new ContainerImageAnnotation(Image, Tag))
        .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
        .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
        .WithEnvironment(context =>
        {
            context.EnvironmentVariables["POSTGRES_USER"] = server.Resource.UserNameReference;
            context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.Resource.PasswordParameter;
        });

    private static void AddPostgresCheck<T>(this IDistributedApplicationBuilder builder, T resource)
        where T : IResourceWithConnectionString =>
        builder.Services.AddHealthChecks().Add(new(
            PostgresCheck.KeyOf(resource), _ => new PostgresCheck(resource), failureStatus: null, tags: null, PostgresCheck.Timeout));
}
