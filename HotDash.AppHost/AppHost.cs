using HotDash.AppHost;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);

var adminKey = builder.AddKeptSecret("admin-api-key");
var dataProtectionKey = builder.AddKeptSecret("data-protection-key");
var auditKey = builder.AddKeptSecret("audit-key");

IResourceBuilder<IResourceWithConnectionString> db = builder.Configuration.GetConnectionString("hotdash") is null
    ? builder.AddPostgres("postgres").WithDataVolume().AddDatabase("hotdash")
    : builder.AddConnectionString("hotdash");

var integrations = builder.AddIntegrations();

var migrations = builder.AddProject<Projects.HotDash_Migrations>("migrations")
    .WithReference(db)
    .WaitFor(db)
    .WithEnvironment("ADMIN_API_KEY", adminKey)
    .WithEnvironment("DATA_PROTECTION_KEY", dataProtectionKey)
    .InSameEnvironment();

var api = builder.AddProject<Projects.HotDash_Api>("api")
    .WithReference(db)
    .WaitForCompletion(migrations)
    .WithEnvironment("DATA_PROTECTION_KEY", dataProtectionKey)
    .WithAudit(auditKey)
    .WithIntegrations(integrations)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReplicas(2)
    .InSameEnvironment();

builder.AddProject<Projects.HotDash_Pollers>("pollers")
    .WithReference(db)
    .WaitForCompletion(migrations)
    .WithEnvironment("DATA_PROTECTION_KEY", dataProtectionKey)
    .WithAudit(auditKey)
    .WithIntegrations(integrations)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithReplicas(2)
    .InSameEnvironment();

// Not behind DCP's proxy: it has to see its clients' own addresses. Its health is told at a door of its own. It waits for nobody:
// it is healthy when the api answers, and until then says 503 itself.
builder.AddProject<Projects.HotDash_Proxy>("proxy")
    .WithReference(api)
    .WithHttpEndpoint(port: builder.Configuration.GetValue("Proxy:Port", 8080), isProxied: false)
    .WithHttpEndpoint(name: "management", env: "Proxy__ManagementPort")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health", endpointName: "management")
    .WithUrlForEndpoint("http", url => url.DisplayText = "HotDash")
    .WithUrlForEndpoint("management", url => (url.Url, url.DisplayText) = ("/health", "health"))
    .InSameEnvironment();

Console.WriteLine(
    "HotDash answers requests with a key: the parameter admin-api-key (dashboard, tab Parameters; README, \"A walk of five minutes\").");

builder.Build().Run();
