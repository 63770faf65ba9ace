using HotDash.TestKit;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.Integrations.Tests.Docs;

public sealed class IntegrationsPageTests
{
    private const string Renew = "HOTDASH_RENEW_DOCS";

    private static readonly string Page = Path.Combine(Repository.Folder, "docs", "integrations.md");

    [Fact]
    public async Task The_page_of_integrations_says_what_the_registrations_say()
    {
        var expected = IntegrationsPage.Write(Registered());

        if (Environment.GetEnvironmentVariable(Renew) is { Length: > 0 })
            await File.WriteAllTextAsync(Page, expected, TestContext.Current.CancellationToken);

        var written = File.Exists(Page) ? await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken) : "";
        Assert.True(
            expected == written.ReplaceLineEndings("\n"),
            $"""docs/integrations.md is not what the registrations say. Run {Renew}=1 dotnet test --project tests/HotDash.Integrations.Tests -- --filter-class "*IntegrationsPageTests" to renew it.""");
    }

    [Fact]
    public void Operations_have_stable_names_of_their_own_and_writes_say_what_twice_would_mean() => Assert.All(Registered(), integration =>
    {
        Assert.Equal(integration.Operations.Count, integration.Operations.DistinctBy(operation => operation.Name, StringComparer.Ordinal).Count());
        Assert.All(integration.Operations, operation =>
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", operation.Name);
            Assert.Equal(operation.OnlyReads, operation.Idempotency is null);
        });
    });

    /// <summary>Every integration as it is when nothing is set but that there is a receiver of alerts.</summary>
    private static List<IntegrationOptions> Registered()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["ALERT_WEBHOOK_URL"] = "https://receiver.example";
        builder.Services.AddIntegrations(builder.Configuration, Attempts.Several);

        return [.. builder.Build().Services.GetServices<IntegrationOptions>()];
    }
}
