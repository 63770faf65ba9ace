using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Tools;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Hosting.Tests.Engine;

/// <summary>The variables that Aspire promises to a process, names and values.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_project_gets_its_address_its_references_its_database_and_its_telemetry()
    {
        using var folder = TestFolder.Create();
        var builder = Builder(folder, "--Parameters:db-password=p@ss;'{", "--environment=Development");
        var db = builder.AddPostgres("db").AddDatabase("shop", "shop_1");
        var api = builder.AddProject<Project>("api").WithHttpEndpoint().WithHttpEndpoint(name: "admin").WithReplicas(2);
        var web = builder.AddProject<Project>("web").WithHttpEndpoint(port: 8080, isProxied: false)
            .WithReference(api).WithReference(db)
            .WithEnvironment("API_DOCS", $"{api.GetEndpoint("http")}/docs").WithEnvironment("PLAIN", "text");
        await using var app = builder.Build();
        Allocate(builder.Resources);

        var variables = await VariablesAsync(app, web.Resource, "web-abcdefgh");

        var otlpKey = app.Services.GetRequiredService<DashboardOptions>().OtlpApiKey;
        Assert.Equal(
            [
                "API_ADMIN=http://localhost:1002",
                "API_DOCS=http://localhost:1001/docs",
                "API_HTTP=http://localhost:1001",
                "ASPNETCORE_URLS=http://localhost:<1003>",
                "ConnectionStrings__shop=Host=localhost;Port=1000;Username=postgres;Password=p@ss;'{;Database=shop_1",
                "DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION=true",
                "LOGGING__CONSOLE__FORMATTERNAME=simple",
                "OTEL_BLRP_SCHEDULE_DELAY=1000",
                "OTEL_BSP_SCHEDULE_DELAY=1000",
                "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY=in_memory",
                "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:2000",
                $"OTEL_EXPORTER_OTLP_HEADERS=x-otlp-api-key={otlpKey}",
                "OTEL_EXPORTER_OTLP_PROTOCOL=grpc",
                "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true",
                "OTEL_METRICS_EXEMPLAR_FILTER=trace_based",
                "OTEL_METRIC_EXPORT_INTERVAL=1000",
                "OTEL_RESOURCE_ATTRIBUTES=service.instance.id=abcdefgh",
                "OTEL_SERVICE_NAME=web",
                "OTEL_TRACES_SAMPLER=always_on",
                "PLAIN=text",
                "SHOP_DATABASENAME=shop_1",
                "SHOP_HOST=localhost",
                "SHOP_JDBCCONNECTIONSTRING=jdbc:postgresql://localhost:1000/shop_1",
                "SHOP_PASSWORD=p@ss;'{",
                "SHOP_PORT=1000",
                "SHOP_URI=postgresql://postgres:p%40ss%3B%27%7B@localhost:1000/shop_1",
                "SHOP_USERNAME=postgres",
                "services__api__admin__0=http://localhost:1002",
                "services__api__http__0=http://localhost:1001",
            ],
            variables);
    }

    [Fact]
    public async Task A_launch_profile_gives_endpoints_and_what_the_app_host_does_not_say()
    {
        using var folder = TestFolder.Create();
        Directory.CreateDirectory(Path.Combine(folder.Path, "Properties"));
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "Properties", "launchSettings.json"),
            """
            { "profiles": {
                "iis": { "commandName": "IISExpress" },
                "local": { "commandName": "Project", "applicationUrl": "http://localhost:5100;http://localhost:5101",
                           "environmentVariables": { "COLOR": "red", "SIZE": "big" } } } }
            """,
            TestContext.Current.CancellationToken);
        ProjectWithProfile.Folder = folder.Path;
        var builder = Builder(folder);
        var project = builder.AddProject<ProjectWithProfile>("shop").WithEnvironment("SIZE", "small");
        await using var app = builder.Build();
        Allocate(builder.Resources);

        var variables = await VariablesAsync(app, project.Resource, "shop-abcdefgh", withTelemetry: false);

        Assert.Equal([("http", 5100), ("http2", 5101)], project.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => (e.Name, e.Port!.Value)));
        Assert.Equal(
            [
                "ASPNETCORE_URLS=http://localhost:<1000>;http://localhost:<1001>",
                "COLOR=red",
                "DOTNET_LAUNCH_PROFILE=local",
                "DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION=true",
                "LOGGING__CONSOLE__FORMATTERNAME=simple",
                "OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY=in_memory",
                "SIZE=small",
            ],
            variables);
    }

    private static IDistributedApplicationBuilder Builder(TestFolder folder, params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [$"--HotDash:StateFolder={folder.Path}/state", .. args],
            ProjectDirectory = folder.Path,
        });

    /// <summary>Gives every endpoint an address as DCP would: its own port, and another in brackets for the process.</summary>
    private static void Allocate(IEnumerable<IResource> resources, int first = 1000)
    {
        foreach (var endpoint in resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()))
        {
            endpoint.AllocatedEndpoint = new(endpoint.UriScheme, "localhost", first, $"<{first}>");
            first++;
        }
    }

    private static async Task<IEnumerable<string>> VariablesAsync(
        DistributedApplication app, IResource resource, string id, bool withTelemetry = true)
    {
        var ct = TestContext.Current.CancellationToken;
        if (withTelemetry)
        {
            var dashboard = app.Services.GetRequiredService<DashboardHost>();
            await dashboard.StartAsync(ct);
            Allocate([dashboard.CreateResource(await AspireBundle.EnsureAsync(ct))!], first: 1999);
        }

        var variables = await app.Services.GetRequiredService<ProcessEnvironment>().VariablesAsync(resource, id, ct);
        return variables.Select(v => $"{v.Key}={v.Value}").Order(StringComparer.Ordinal);
    }

    private sealed class Project : IProjectMetadata
    {
        public string ProjectPath => "/no/such/folder/Shop.csproj";
    }

    private sealed class ProjectWithProfile : IProjectMetadata
    {
        public static string Folder { get; set; } = "";

        public string ProjectPath => Path.Combine(Folder, "Shop.csproj");
    }
}
