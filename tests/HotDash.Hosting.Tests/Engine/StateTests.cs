using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace HotDash.Hosting.Tests.Engine;

public sealed class StateTests
{
    [Fact]
    public async Task A_process_is_running_then_finished_with_its_exit_code()
    {
        await using var app = new AppUnderTest();
        app.AddScript("runs", "exec sleep 600");
        app.AddScript("ends", "exit 3");

        await app.StartAsync();
        var running = await app.WaitAsync("runs", KnownResourceStates.Running);
        var ended = await app.WaitAsync("ends", KnownResourceStates.Finished);

        Assert.Null(running.Snapshot.ExitCode);
        Assert.Equal(3, ended.Snapshot.ExitCode);
        Assert.Equal(KnownResourceStateStyles.Error, ended.Snapshot.State!.Style);
    }

    [Fact]
    public async Task A_program_that_is_not_there_failed_to_start_with_the_reason_shown()
    {
        await using var app = new AppUnderTest();
        app.Builder.AddExecutable("missing", "/no/such/program", app.Folder);

        await app.StartAsync();
        var failed = await app.WaitAsync("missing", KnownResourceStates.FailedToStart);

        var reason = Assert.Single(failed.Snapshot.Properties, p => p.Name == "resource.failureReason").Value as string;
        Assert.Contains("/no/such/program", reason, StringComparison.Ordinal);
        await app.ReadLogUntilAsync(failed.ResourceId, "/no/such/program");
    }
}
