using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.Hosting.Tests.Engine;

public sealed class RestartTests
{
    [Fact]
    public async Task A_restarted_process_is_asked_for_its_health_at_its_new_port()
    {
        await using var app = new AppUnderTest();
        app.AddScript("web", """exec node -e 'require("http").createServer((_, r) => r.end()).listen(process.env.PORT, "localhost")'""")
            .WithHttpEndpoint(env: "PORT")
            .WithHttpHealthCheck("/");

        await app.StartAsync();
        var first = await app.WaitAsync("web", s => s.HealthStatus is HealthStatus.Healthy);
        await app.App.ResourceCommands.ExecuteCommandAsync(first.ResourceId, "restart", app.Token);
        var second = await app.WaitAsync(
            "web", s => s.HealthStatus is HealthStatus.Healthy && s.StartTimeStamp > first.Snapshot.StartTimeStamp);

        Assert.Equal("web_http_/_200_check", Assert.Single(second.Snapshot.HealthReports).Name);
    }

    [Theory]
    [InlineData("runs", "Running", "restart")]
    [InlineData("ends", "Finished", "start")]
    public async Task Once_a_command_has_returned_the_former_end_is_forgotten(string resource, string state, string command)
    {
        await using var app = new AppUnderTest();
        app.AddScript("runs", "exec sleep 600");
        app.AddScript("ends", "exit 3");

        await app.StartAsync();
        var first = await app.WaitAsync(resource, state);
        await app.App.ResourceCommands.ExecuteCommandAsync(first.ResourceId, command, app.Token);
        app.States.TryGetCurrentState(first.ResourceId, out var after);

        Assert.DoesNotContain(after!.Snapshot.State!.Text, KnownResourceStates.TerminalStates, StringComparer.Ordinal);
        Assert.Null(after.Snapshot.ExitCode);
    }
}
