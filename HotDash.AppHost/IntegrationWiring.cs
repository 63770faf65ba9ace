using System.Net.Http.Json;

namespace HotDash.AppHost;

/// <summary>What the integrations talk to: the sandbox, their own fixtures, or the real providers.</summary>
internal sealed record Integrations(string Mode, Sandbox? Sandbox);

/// <summary>The providers' stand-in, and the keys that it asks for as they do.</summary>
internal sealed record Sandbox(
    IResourceBuilder<ProjectResource> Project,
    IResourceBuilder<ParameterResource> PublerKey,
    IResourceBuilder<ParameterResource> SupabaseKey,
    IResourceBuilder<ParameterResource> ChatwootKey);

internal static class IntegrationWiring
{
    private const string Workspace = "ws-sandbox";
    private const string ChatwootAccount = "1";

    public static Integrations AddIntegrations(this IDistributedApplicationBuilder builder)
    {
        var mode = (builder.Configuration["Integrations:Mode"] ?? "sandbox").ToLowerInvariant();

        return mode is "sandbox" or "mock" or "live"
            ? new(mode, mode is "sandbox" ? builder.AddSandbox() : null)
            : throw new DistributedApplicationException($"Integrations:Mode is '{mode}': use sandbox, mock or live.");
    }

    /// <summary>In live mode the addresses and credentials are those of the AppHost's own environment, which everything inherits.</summary>
    public static IResourceBuilder<ProjectResource> WithIntegrations(
        this IResourceBuilder<ProjectResource> project, Integrations integrations)
    {
        project.WithEnvironment("Integrations__Mode", integrations.Mode).WithLimits();

        return integrations.Sandbox is not { } sandbox ? project : project
            .WaitFor(sandbox.Project)
            .WithReferenceRelationship(sandbox.Project.Resource)
            .WithEnvironment("SUPABASE_URL", $"{sandbox.Project.GetEndpoint("http")}/supabase")
            .WithEnvironment("SUPABASE_SERVICE_KEY", sandbox.SupabaseKey)
            .WithEnvironment("PUBLER_BASE_URL", $"{sandbox.Project.GetEndpoint("http")}/publer")
            .WithEnvironment("PUBLER_API_KEY", sandbox.PublerKey)
            .WithEnvironment("PUBLER_WORKSPACE_ID", Workspace)
            .WithEnvironment("CHATWOOT_BASE_URL", $"{sandbox.Project.GetEndpoint("http")}/chatwoot")
            .WithEnvironment("CHATWOOT_API_KEY", sandbox.ChatwootKey)
            .WithEnvironment("CHATWOOT_ACCOUNT_ID", ChatwootAccount)
            .WithSetting("Social:CreationLag", "00:00:10")
            .WithSetting("Social:SettleWindow", "00:00:35");
    }

    /// <summary>The sandbox lists a post soon, so a lost answer is cleared up before a developer tires of watching.</summary>
    private static IResourceBuilder<ProjectResource> WithSetting(this IResourceBuilder<ProjectResource> project, string key, string value) =>
        project.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), project.ApplicationBuilder.Configuration[key] ?? value);

    private static Sandbox AddSandbox(this IDistributedApplicationBuilder builder)
    {
        var publerKey = builder.AddKeptSecret("sandbox-publer-key");
        var supabaseKey = builder.AddKeptSecret("sandbox-supabase-key");
        var chatwootKey = builder.AddKeptSecret("sandbox-chatwoot-key");

        var project = builder.AddProject<Projects.HotDash_Sandbox>("sandbox")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
            .WithEnvironment("SANDBOX_PUBLER_KEY", publerKey)
            .WithEnvironment("SANDBOX_SUPABASE_KEY", supabaseKey)
            .WithEnvironment("SANDBOX_PUBLER_WORKSPACE_ID", Workspace)
            .WithEnvironment("SANDBOX_CHATWOOT_KEY", chatwootKey)
            .WithEnvironment("SANDBOX_CHATWOOT_ACCOUNT_ID", ChatwootAccount)
            .WithLimits()
            .WithHttpCommand("/_sandbox/faults", "Break Publer for 60 s", commandName: "break-publer", commandOptions: new()
            {
                Description = "Every call to Publer is answered with 503 for a minute.",
                IconName = "PlugDisconnected",
                PrepareRequest = context =>
                {
                    context.Request.Content = JsonContent.Create(
                        new { provider = "publer", kind = "status", status = 503, forSeconds = 60 });
                    return Task.CompletedTask;
                },
            })
            .InSameEnvironment();

        return new(project, publerKey, supabaseKey, chatwootKey);
    }

    /// <summary>One setting says what a provider allows; our budgets keep to it, and the sandbox enforces it.</summary>
    private static IResourceBuilder<ProjectResource> WithLimits(this IResourceBuilder<ProjectResource> project)
    {
        foreach (var limit in project.ApplicationBuilder.Configuration.GetSection("Integrations:Limits").GetChildren())
        {
            project.WithEnvironment($"Integrations__Limits__{limit.Key}", limit.Value);
        }

        return project;
    }
}
