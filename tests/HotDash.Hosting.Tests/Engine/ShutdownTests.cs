using System.Diagnostics;

namespace HotDash.Hosting.Tests.Engine;

public sealed class ShutdownTests
{
    [Fact]
    public async Task An_app_host_that_is_asked_to_end_takes_everything_along_and_exits_with_0()
    {
        using var sample = new SampleAppHost();
        await sample.WaitUntilRunningAsync();

        using (Process.Start("/bin/kill", ["-TERM", $"{sample.Pid}"]))
        {
            var (exitCode, errors) = await sample.WaitForExitAsync();

            Assert.Equal((0, ""), (exitCode, errors));
        }

        Assert.True(sample.WasAskedToEnd());
        Assert.False(sample.HasDcpSession());
        await sample.WaitUntilNothingIsLeftAsync();
    }

    [Fact]
    public async Task What_does_not_end_when_it_is_asked_is_ended_all_the_same()
    {
        using var sample = new SampleAppHost("--Sample:Stubborn=true");
        await sample.WaitUntilRunningAsync();

        using (Process.Start("/bin/kill", ["-TERM", $"{sample.Pid}"]))
        {
            var (exitCode, _) = await sample.WaitForExitAsync();

            Assert.Equal(0, exitCode);
        }

        await sample.WaitUntilNothingIsLeftAsync();
    }

    [Fact]
    public async Task An_app_host_may_be_asked_to_end_while_it_starts()
    {
        using var sample = new SampleAppHost();
        await sample.WaitUntilDcpStartsAsync();

        using (Process.Start("/bin/kill", ["-TERM", $"{sample.Pid}"]))
        {
            var (exitCode, errors) = await sample.WaitForExitAsync();

            Assert.Equal((0, ""), (exitCode, errors));
        }

        await sample.WaitUntilNothingIsLeftAsync();
    }

    [Fact]
    public async Task An_app_host_that_is_killed_leaves_nothing()
    {
        using var sample = new SampleAppHost();
        await sample.WaitUntilRunningAsync();

        Process.GetProcessById(sample.Pid).Kill();

        await sample.WaitUntilNothingIsLeftAsync();
        Assert.True(sample.WasAskedToEnd());
    }
}
