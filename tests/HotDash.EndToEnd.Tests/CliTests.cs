using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

[Collection(WithSandbox.Name)]
public sealed class CliTests(HotDashWithSandbox fixture)
{
    private readonly RunningHotDash _hotDash = fixture.HotDash;

    [Fact]
    public async Task Ps_lists_this_AppHost()
    {
        var listed = await _hotDash.Cli.RunAsync("ps", "--format", "json");

        Assert.Contains($"{_hotDash.ProcessId}", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_show_what_a_resource_wrote()
    {
        var logs = await _hotDash.Cli.RunAsync("logs", "postgres");

        Assert.Contains("ready to accept connections", logs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_restarts_as_a_new_process_and_becomes_healthy()
    {
        var before = (await _hotDash.FindAsync("pollers"))[0];

        await _hotDash.Cli.RunAsync("resource", before.Name, "restart");
        await Eventually.TrueAsync($"{before.Name} to be healthy in another process", async _ =>
            (await _hotDash.FindAsync("pollers")).Any(r => r.Name == before.Name && r.IsHealthy && r.ProcessId is { } now && now != before.ProcessId));

        Assert.Contains("healthy", await _hotDash.Cli.RunAsync("wait", "pollers", "--status", "healthy", "--timeout", "30"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_stops_and_starts_again()
    {
        var replica = (await _hotDash.FindAsync("api"))[1].Name;

        await _hotDash.Cli.RunAsync("resource", replica, "stop");
        await Eventually.TrueAsync($"{replica} to be stopped", async _ => (await _hotDash.FindAsync("api")).Single(r => r.Name == replica).State is "Finished" or "Exited");
        var answer = await _hotDash.Client.GetAsync("/api/analytics/idea-pool?limit=1");
        await _hotDash.Cli.RunAsync("resource", replica, "start");

        Assert.Equal("supabase", (string?)answer["source"]);
        await Eventually.TrueAsync($"{replica} to be healthy again", async _ => (await _hotDash.FindAsync("api")).Single(r => r.Name == replica).IsHealthy);
    }
}
