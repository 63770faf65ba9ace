using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Registry;

/// <summary>The probes of every integration against its stand-in.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_probe_passes_while_its_provider_works()
    {
        await using var sandbox = await StartAsync();
        await using var services = sandbox.Clients(Attempts.Several);

        var all = await CheckAllAsync(services);

        Assert.All(all, health => Assert.Null(health.Problem));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task Every_integration_is_found_out_while_its_provider_fails()
    {
        await using var sandbox = await StartAsync();
        await using var services = sandbox.Clients(Attempts.Several);
        foreach (var integration in services.GetServices<IntegrationOptions>())
            await sandbox.FaultAsync(new { provider = integration.Key, kind = "status", status = 503 });

        var all = await CheckAllAsync(services);

        Assert.All(all, health => Assert.Equal("unavailable", health.Problem?.Failure));
    }

    [Theory]
    [InlineData("CHATWOOT_API_KEY", "chatwoot", "API authentication failed")]
    [InlineData("CHATWOOT_ACCOUNT_ID", "chatwoot", "API authentication failed", "2")]
    [InlineData("PUBLER_API_KEY", "publer", "API authentication failed")]
    [InlineData("PUBLER_WORKSPACE_ID", "publer", "Cannot fetch accounts")]
    [InlineData("SUPABASE_SERVICE_KEY", "supabase", "API authentication failed")]
    [InlineData("SHOPIFY_ACCESS_TOKEN", "shopify", "API authentication failed")]
    [InlineData("PLAUSIBLE_API_KEY", "plausible", "Cannot read the site's traffic")]
    [InlineData("PLAUSIBLE_SITE_ID", "plausible", "Cannot read the site's traffic", "other.example")]
    [InlineData("GA4_PROPERTY_ID", "google-analytics", "Cannot read the property", "1")]
    [InlineData("GSC_SITE_URL", "search-console", "Cannot read the property", "https://other.example/")]
    public async Task A_credential_that_is_wrong_is_found_out_and_named(string variable, string integration, string probe, string value = "wrong")
    {
        await using var sandbox = await StartAsync();
        await using var services = sandbox.Clients(Attempts.Several, settings: (variable, value));

        var health = (await CheckAllAsync(services)).Single(health => health.Integration == integration);

        Assert.Equal(probe, health.Problem?.Probe);
        Assert.Contains(variable, health.Problem!.ToDo, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<IntegrationHealth>> CheckAllAsync(ServiceProvider services) =>
        await Task.WhenAll(services.GetServices<IntegrationOptions>().Select(options => services.GetRequiredService<HealthChecks>().CheckAsync(options, Cancellation)));

    private Task<SandboxUnderTest> StartAsync() => SandboxUnderTest.WithKeyAsync(_folder["google-key.json"]);
}
