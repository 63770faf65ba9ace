using System.Net.Http.Json;
using Microsoft.Extensions.Configuration;

namespace HotDash.AppHost;

/// <summary>What the integrations talk to: the sandbox, their own fixtures, or the real providers.</summary>
internal sealed record Integrations(string Mode, Sandbox? Sandbox);

/// <summary>The providers' stand-in, how it takes each one's place, and the keys that it asks for as they do.</summary>
internal sealed record Sandbox(
    IResourceBuilder<ProjectResource> Project, Stand[] Stands, IReadOnlyDictionary<string, IResourceBuilder<ParameterResource>> Secrets,
    IReadOnlyDictionary<string, IResourceBuilder<ParameterResource>> WebhookSecrets);

internal static class IntegrationWiring
{
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
        var stands = Stand.All(NewKeyFile());
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
            if (stand.Secret is not null)
                project.WithEnvironment(Stand.InSandbox(stand.Secret), $"{stand.SecretPrefix}{secrets[stand.Path]}");
            if (stand.WebhookSecret is not null)
                project.WithEnvironment(Stand.InSandbox(stand.WebhookSecret), webhookSecrets[stand.Path]);
            foreach (var (name, value) in stand.Shared)
                project.WithEnvironment(Stand.InSandbox(name), value);
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
