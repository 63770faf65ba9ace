using System.Net.Http.Json;

namespace HotDash.AppHost;

/// <summary>What the integrations talk to: the sandbox, their own fixtures, or the real providers.</summary>
internal sealed record Integrations(string Mode, Sandbox? Sandbox);

/// <summary>The providers' stand-in, and the keys that it asks for as they do.</summary>
internal sealed record Sandbox(IResourceBuilder<ProjectResource> Project, IReadOnlyDictionary<string, IResourceBuilder<ParameterResource>> Secrets);

/// <summary>How the sandbox takes a provider's place.</summary>
/// <param name="Key">The integration's, and the sandbox's path.</param>
/// <param name="Address">The setting that names the provider's address.</param>
/// <param name="Secret">The credential; the sandbox reads it as <paramref name="SandboxSecret"/>.</param>
/// <param name="Shared">What else both must know; the sandbox reads it with <c>SANDBOX_</c> in front.</param>
internal sealed record Stand(string Key, string Address, string Secret, string SandboxSecret, params (string Name, string Value)[] Shared);

internal static class IntegrationWiring
{
    /// <summary>A new provider is one line here.</summary>
    private static readonly Stand[] Stands =
    [
        new("supabase", "SUPABASE_URL", "SUPABASE_SERVICE_KEY", "SANDBOX_SUPABASE_KEY"),
        new("publer", "PUBLER_BASE_URL", "PUBLER_API_KEY", "SANDBOX_PUBLER_KEY", ("PUBLER_WORKSPACE_ID", "ws-sandbox")),
        new("chatwoot", "CHATWOOT_BASE_URL", "CHATWOOT_API_KEY", "SANDBOX_CHATWOOT_KEY", ("CHATWOOT_ACCOUNT_ID", "1")),
        new("shopify", "SHOPIFY_BASE_URL", "SHOPIFY_ACCESS_TOKEN", "SANDBOX_SHOPIFY_TOKEN"),
    ];

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
            .WithStands(sandbox)
            .WithSetting("Social:CreationLag", "00:00:10")
            .WithSetting("Social:SettleWindow", "00:00:35");
    }

    private static IResourceBuilder<ProjectResource> WithStands(this IResourceBuilder<ProjectResource> project, Sandbox sandbox)
    {
        foreach (var stand in Stands)
        {
            project.WithEnvironment(stand.Address, $"{sandbox.Project.GetEndpoint("http")}/{stand.Key}");
            project.WithEnvironment(stand.Secret, sandbox.Secrets[stand.Key]);
            foreach (var (name, value) in stand.Shared)
                project.WithEnvironment(name, value);
        }

        return project;
    }

    /// <summary>The sandbox lists a post soon, so a lost answer is cleared up before a developer tires of watching.</summary>
    private static IResourceBuilder<ProjectResource> WithSetting(this IResourceBuilder<ProjectResource> project, string key, string value) =>
        project.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), project.ApplicationBuilder.Configuration[key] ?? value);

    private static Sandbox AddSandbox(this IDistributedApplicationBuilder builder)
    {
        var secrets = Stands.ToDictionary(stand => stand.Key, stand => builder.AddKeptSecret($"sandbox-{stand.Key}-key"), StringComparer.Ordinal);

        var project = builder.AddProject<Projects.HotDash_Sandbox>("sandbox")
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/health")
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

        foreach (var stand in Stands)
        {
            project.WithEnvironment(stand.SandboxSecret, secrets[stand.Key]);
            foreach (var (name, value) in stand.Shared)
                project.WithEnvironment($"SANDBOX_{name}", value);
        }

        return new(project, secrets);
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
