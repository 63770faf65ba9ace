using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;

namespace HotDash.AppHost;

/// <summary>What the integrations talk to: the sandbox, their own fixtures, or the real providers.</summary>
internal sealed record Integrations(string Mode, Sandbox? Sandbox);

/// <summary>The providers' stand-in, how it takes each one's place, and the keys that it asks for as they do.</summary>
internal sealed record Sandbox(
    IResourceBuilder<ProjectResource> Project, Stand[] Stands, IReadOnlyDictionary<string, IResourceBuilder<ParameterResource>> Secrets,
    IReadOnlyDictionary<string, IResourceBuilder<ParameterResource>> WebhookSecrets);

/// <summary>How the sandbox takes a provider's place.</summary>
/// <param name="Path">Where the sandbox serves it: the integration's key.</param>
/// <param name="Address">The setting that names the provider's address.</param>
/// <param name="Secret">The credential, if it is one word; the sandbox reads it as <paramref name="SandboxSecret"/>.</param>
/// <param name="Shared">What else both must know; the sandbox reads it with <c>SANDBOX_</c> in front.</param>
internal sealed record Stand(string Path, string Address, string? Secret, string? SandboxSecret, params (string Name, string Value)[] Shared)
{
    /// <summary>What the credential's kind asks for in front of it.</summary>
    public string SecretPrefix { get; init; } = "";

    /// <summary>What its webhooks are signed with, if it sends any; the sandbox reads it with <c>SANDBOX_</c> in front.</summary>
    public string? WebhookSecret { get; init; }
}

internal static class IntegrationWiring
{
    /// <summary>A new provider is one line here.</summary>
    private static Stand[] Stands(string googleKeyFile) =>
    [
        new("supabase", "SUPABASE_URL", "SUPABASE_SERVICE_KEY", "SANDBOX_SUPABASE_KEY"),
        new("publer", "PUBLER_BASE_URL", "PUBLER_API_KEY", "SANDBOX_PUBLER_KEY", ("PUBLER_WORKSPACE_ID", "ws-sandbox")),
        new("chatwoot", "CHATWOOT_BASE_URL", "CHATWOOT_API_KEY", "SANDBOX_CHATWOOT_KEY", ("CHATWOOT_ACCOUNT_ID", "1")) { WebhookSecret = "CHATWOOT_WEBHOOK_SECRET" },
        new("shopify", "SHOPIFY_BASE_URL", "SHOPIFY_ACCESS_TOKEN", "SANDBOX_SHOPIFY_TOKEN", ("SHOPIFY_SHOP", "sandbox-shop")) { WebhookSecret = "SHOPIFY_WEBHOOK_SECRET" },
        new("plausible", "PLAUSIBLE_BASE_URL", "PLAUSIBLE_API_KEY", "SANDBOX_PLAUSIBLE_KEY", ("PLAUSIBLE_SITE_ID", "shop.example")),
        new("google/token", "GOOGLE_TOKEN_URL", null, null, ("GOOGLE_APPLICATION_CREDENTIALS", googleKeyFile)),
        new("google-analytics", "GOOGLE_ANALYTICS_BASE_URL", null, null, ("GA4_PROPERTY_ID", "123456789")),
        new("search-console", "SEARCH_CONSOLE_BASE_URL", null, null, ("GSC_SITE_URL", "https://shop.example/")),
        new("google-calendar", "GOOGLE_CALENDAR_BASE_URL", null, null, ("GOOGLE_CALENDAR_ID", "shop@group.calendar.example")),
        new("alert-webhook", "ALERT_WEBHOOK_URL", "ALERT_WEBHOOK_SECRET", "SANDBOX_ALERT_WEBHOOK_SECRET") { SecretPrefix = "whsec_" },
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
            .WithPublicAddress()
            .WithSetting("Social:CreationLag", "00:00:10")
            .WithSetting("Social:SettleWindow", "00:00:35");
    }

    private static IResourceBuilder<ProjectResource> WithStands(this IResourceBuilder<ProjectResource> project, Sandbox sandbox)
    {
        foreach (var stand in sandbox.Stands)
        {
            project.WithEnvironment(stand.Address, $"{sandbox.Project.GetEndpoint("http")}/{stand.Path}");
            if (stand.Secret is not null)
                project.WithEnvironment(stand.Secret, $"{stand.SecretPrefix}{sandbox.Secrets[stand.Path]}");
            if (stand.WebhookSecret is not null)
                project.WithEnvironment(stand.WebhookSecret, sandbox.WebhookSecrets[stand.Path]);
            foreach (var (name, value) in stand.Shared)
                project.WithEnvironment(name, value);
        }

        return project;
    }

    /// <summary>Where the sandbox sends webhooks to: the proxy, where its port is known beforehand. Else nobody is subscribed.</summary>
    private static IResourceBuilder<ProjectResource> WithPublicAddress(this IResourceBuilder<ProjectResource> project) =>
        project.ApplicationBuilder.Configuration.GetValue("Proxy:Port", 8080) is not 0 and var port
            ? project.WithSetting("Webhooks:PublicAddress", $"http://localhost:{port}")
            : project;

    /// <summary>The sandbox lists a post soon, so a lost answer is cleared up before a developer tires of watching.</summary>
    private static IResourceBuilder<ProjectResource> WithSetting(this IResourceBuilder<ProjectResource> project, string key, string value) =>
        project.WithEnvironment(key.Replace(":", "__", StringComparison.Ordinal), project.ApplicationBuilder.Configuration[key] ?? value);

    private static Sandbox AddSandbox(this IDistributedApplicationBuilder builder)
    {
        var stands = Stands(NewKeyFile());
        var secrets = stands.Where(stand => stand.Secret is not null)
            .ToDictionary(stand => stand.Path, stand => builder.AddKeptSecret($"sandbox-{stand.Path}-key"), StringComparer.Ordinal);
        var webhookSecrets = stands.Where(stand => stand.WebhookSecret is not null)
            .ToDictionary(stand => stand.Path, stand => builder.AddKeptSecret($"sandbox-{stand.Path}-webhook-secret"), StringComparer.Ordinal);

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

        foreach (var stand in stands)
        {
            if (stand.SandboxSecret is not null)
                project.WithEnvironment(stand.SandboxSecret, $"{stand.SecretPrefix}{secrets[stand.Path]}");
            if (stand.WebhookSecret is not null)
                project.WithEnvironment($"SANDBOX_{stand.WebhookSecret}", webhookSecrets[stand.Path]);
            foreach (var (name, value) in stand.Shared)
                project.WithEnvironment($"SANDBOX_{name}", value);
        }

        return new(project, stands, secrets, webhookSecrets);
    }

    /// <summary>A service account's key file, which the sandbox makes and HotDash reads: in a folder that only this user can enter, gone with the AppHost.</summary>
    private static string NewKeyFile()
    {
        var folder = Directory.CreateTempSubdirectory("hotdash-google-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);

        return Path.Combine(folder.FullName, "key.json");
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
