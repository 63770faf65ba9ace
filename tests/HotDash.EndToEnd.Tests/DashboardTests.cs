using System.Text.RegularExpressions;
using HotDash.EndToEnd.Tests.Harness;
using Microsoft.Playwright;

namespace HotDash.EndToEnd.Tests;

/// <summary>The Aspire dashboard in a browser, entered by the link that the AppHost prints.</summary>
[Collection(WithSandbox.Name)]
public sealed class DashboardTests(HotDashWithSandbox fixture, Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _page = await browser.NewPageAsync();
        await _page.GotoAsync(fixture.HotDash.LoginLink);
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
            await _page.CloseAsync();
    }

    [Fact]
    public async Task Every_resource_is_shown_with_its_state()
    {
        string[] replicas = [.. (await fixture.HotDash.FindAsync("api")).Concat(await fixture.HotDash.FindAsync("pollers")).Select(r => r.Name)];

        foreach (var running in (string[])["postgres", "hotdash", "proxy", "sandbox", .. replicas])
            await Shows(Row(running), "Running");
        await Shows(Row("migrations"), "Finished");
    }

    [Fact]
    public async Task The_log_of_a_resource_is_shown()
    {
        await ClicksUntilAsync(
            () => ClickAsync(Row("postgres"), "Console logs"),
            () => Shows(_page.GetByRole(AriaRole.Main), "database system is ready to accept connections"));
    }

    [Fact]
    public async Task A_replica_is_stopped_and_started_by_its_buttons()
    {
        var replica = Row((await fixture.HotDash.FindAsync("pollers"))[0].Name);

        await ClicksUntilAsync(() => ClickAsync(replica, "Stop"), () => ShowsEither(replica, "Finished", "Exited"));
        await ClicksUntilAsync(() => ClickAsync(replica, "Start"), () => Shows(replica, "Running"));

        await fixture.HotDash.ReadyAsync();
    }

    [Fact]
    public async Task A_command_of_the_sandbox_breaks_Publer()
    {
        await ClicksUntilAsync(
            async () =>
            {
                await ClickAsync(Row("sandbox"), "Actions");
                await _page.GetByRole(AriaRole.Menuitem, new() { Name = "Break Publer for 60 s" }).ClickAsync();
            },
            () => Eventually.TrueAsync("the sandbox to have the fault", async _ => await fixture.Sandbox.CountFaultsAsync() > 0, TimeSpan.FromSeconds(30)));

        await fixture.Sandbox.ClearFaultsAsync();
    }

    [Fact]
    public async Task Traces_metrics_and_structured_logs_of_the_projects_are_shown()
    {
        await fixture.HotDash.Client.GetAsync("/api/analytics/idea-pool?limit=1");

        await OpenAsync("/traces");
        await Shows(_page.GetByRole(AriaRole.Main), "proxy: GET /api/{**rest}");
        await OpenAsync("/structuredlogs/resource/api");
        await Shows(_page.GetByRole(AriaRole.Main), "Information");
        await OpenAsync("/metrics/resource/pollers");
        await Shows(_page.GetByRole(AriaRole.Main), "hotdash.jobs.duration");
    }

    /// <summary>The first cell of a row is labelled with type and name of the resource.</summary>
    private ILocator Row(string resource) => _page.GetByRole(AriaRole.Row).Filter(new()
    {
        Has = _page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new Regex($": {Regex.Escape(resource)}$", RegexOptions.None, TimeSpan.FromSeconds(1)) }),
    });

    private static Task ClickAsync(ILocator row, string button) =>
        row.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>What is drawn is not yet listening: a click that comes too soon is lost, and a person would click again.</summary>
    private async Task ClicksUntilAsync(Func<Task> click, Func<Task> effect)
    {
        for (var again = 2; ; again--)
        {
            try
            {
                await click();
                await effect();
                return;
            }
            catch (Exception e) when (e is PlaywrightException or TimeoutException && again > 0)
            {
                await _page.GotoAsync(fixture.HotDash.LoginLink);
            }
        }
    }

    private async Task OpenAsync(string path) => await _page.GotoAsync(new Uri(new Uri(fixture.HotDash.LoginLink), path).ToString());

    private static Task Shows(ILocator element, string text) => Assertions.Expect(element).ToContainTextAsync(text);

    private static Task ShowsEither(ILocator element, string one, string other) =>
        Assertions.Expect(element.Filter(new() { HasTextRegex = new Regex($"{one}|{other}", RegexOptions.None, TimeSpan.FromSeconds(1)) })).ToBeVisibleAsync();
}
