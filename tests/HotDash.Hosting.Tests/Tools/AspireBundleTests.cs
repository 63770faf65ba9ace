using Aspire.Hosting;
using Aspire.Hosting.Tools;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Tools;

public sealed class AspireBundleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DCP_and_the_dashboard_are_unpacked_and_run()
    {
        var bundle = await AspireBundle.EnsureAsync(Ct);

        var (exitCode, output) = await ToolProcess.RunAsync(bundle.DcpPath, ["version"], [], Ct);
        Assert.True(exitCode == 0, output);
        Assert.True(File.Exists(bundle.DashboardPath));
    }

    [Fact]
    public async Task Many_who_need_it_at_once_unpack_it_once()
    {
        using var folder = TestFolder.Create();
        var tools = await StandInAsync(folder, """echo unpacked >> "$HOME/../../../unpacked"; mkdir -p "$3/bundle/dcp" "$3/bundle/managed"; touch "$3/bundle/dcp/dcp" "$3/bundle/managed/aspire-managed" """);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AspireBundle.EnsureAsync(tools, folder["cache"], Ct)));

        Assert.Single(await File.ReadAllLinesAsync(folder["unpacked"], Ct));
    }

    [Fact]
    public async Task A_failure_is_told_in_the_words_of_the_program_and_tried_again_next_time()
    {
        using var folder = TestFolder.Create();
        var broken = await StandInAsync(folder, "echo No space left on device; exit 3");

        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => AspireBundle.EnsureAsync(broken, folder["cache"], Ct));

        Assert.Contains("No space left on device", failure.Message, StringComparison.Ordinal);
        Assert.Contains(folder["cache"], failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DistributedApplicationException>(() => AspireBundle.EnsureAsync(broken, folder["cache"], Ct));
    }

    private static async Task<NpmTools> StandInAsync(TestFolder folder, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");

        await File.WriteAllTextAsync(folder["aspire"], "#!/bin/bash\n" + script, Ct);
        File.SetUnixFileMode(folder["aspire"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(
            folder["tools.json"], """{"aspire":{"version":"1.2.3","path":"aspire"},"postgres":{"version":"18.4.0","path":"."}}""", Ct);

        return NpmTools.Find(folder.Path);
    }
}
