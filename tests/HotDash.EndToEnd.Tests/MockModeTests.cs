using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

public sealed class MockModeTests
{
    [Fact]
    public async Task In_mock_mode_everything_is_answered_from_fixtures_and_stops_when_told()
    {
        await using var hotDash = await RunningHotDash.StartAsync(("Integrations__Mode", "mock"));

        var ideas = await hotDash.Client.GetAsync("/api/analytics/idea-pool?limit=1");
        var jobId = await hotDash.Client.PostAsync("Nobody will see this", "mock-account-1");
        var status = await hotDash.Client.EndOfAsync(jobId);
        var sandboxes = await hotDash.FindAsync("sandbox");
        await hotDash.Cli.RunAsync("stop");

        Assert.Equal("mock", (string?)ideas["source"]);
        Assert.StartsWith("mock-job-", jobId, StringComparison.Ordinal);
        Assert.Equal(("complete", "mock"), ((string?)status["status"], (string?)status["source"]));
        Assert.Empty(sandboxes);
        await hotDash.NothingIsLeftAsync();
    }
}
