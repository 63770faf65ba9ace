using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

public static class ParameterResourceBuilderExtensions
{
    /// <summary>A value from the configuration key <c>Parameters:{name}</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => builder.Configured(name) ?? throw Missing(name), secret));

    /// <summary>A value from configuration, else the default; a default that is persisted is made once per AppHost.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false) =>
        builder.AddResource(CreateParameter(builder, name, value, secret, persist));

    internal static ParameterResource CreateParameter(
        IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret, bool persist)
    {
        var kept = (DistributedApplicationBuilder)builder;

        return new(name, Evaluate, secret) { Default = value };

        string Evaluate(ParameterDefault? @default) => builder.Configured(name)
            ?? (persist ? kept.State.GetOrAddParameter(name, @default!.GetDefaultValue) : @default!.GetDefaultValue());
    }

    /// <summary>Environment variables cannot hold a dash, so an underscore stands for it as well.</summary>
    private static string? Configured(this IDistributedApplicationBuilder builder, string name)
    {
        var parameters = builder.Configuration.GetSection("Parameters");
        var value = parameters[name] ?? parameters[name.Replace('-', '_')];

        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static DistributedApplicationException Missing(string name) => new(
        $"The parameter '{name}' has no value: set it in the environment as Parameters__{name.Replace('-', '_')} or in configuration as "
        + $"Parameters:{name}.");
}

public static class ConnectionStringBuilderExtensions
{
    /// <summary>A server that runs elsewhere; its address comes from the configuration key <c>ConnectionStrings:{name}</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(
            name,
            _ => builder.Configuration.GetConnectionString(name) ?? throw new DistributedApplicationException(
                $"The connection string '{name}' has no value: set it in the environment as ConnectionStrings__{name}."),
            environmentVariableName));
}
