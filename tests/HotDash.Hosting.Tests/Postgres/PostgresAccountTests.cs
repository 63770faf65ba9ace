using System.Diagnostics;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Tools;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Postgres;

public sealed class PostgresAccountTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_namespaces_are_forbidden_root_starts_the_server_as_nobody_outside_its_private_folders()
    {
        Assert.SkipUnless(Unix.IsRoot, "Only root can become nobody.");
        var root = Directory.CreateDirectory($"/var/tmp/hotdash-test-{Guid.NewGuid():N}");
        using var cleanUp = new Removal(root);
        using var state = TestFolder.Create();

        var account = await PostgresAccount.NobodyAsync(NpmTools.Installed, root.FullName, Ct);
        var data = PostgresData.Open(state["postgres"], account, NpmTools.Installed, root.FullName);
        await data.PrepareAsync("postgres", "correct horse", Ct);

        Assert.StartsWith(root.FullName, data.Folder, StringComparison.Ordinal);
        var (exitCode, output) = await RunAsync(data.Serve($"{Ports.FindFree()}"), "-C", "data_directory");
        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_server_ends_with_the_process_that_started_it()
    {
        using var folder = TestFolder.Create();
        var data = await PostgresData.OpenAsync(folder["data"], NpmTools.Installed, Ct);
        await data.PrepareAsync("postgres", "correct horse", Ct);
        var launch = data.Serve($"{Ports.FindFree()}", diesWithParent: true);
        using var parent = Process.Start("bash", ["-c", "\"$@\" & wait", "bash", launch.Command, .. launch.Arguments])!;
        await UntilAsync(() => OldServer.Living(data.Folder).Count > 0);

        parent.Kill();

        await UntilAsync(() => OldServer.Living(data.Folder).Count == 0);
    }

    private static Task<(int ExitCode, string Output)> RunAsync(ProcessLaunch launch, params string[] more) =>
        ToolProcess.RunAsync(launch.Command, [.. launch.Arguments, .. more], [], Ct);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
            Ct.ThrowIfCancellationRequested();
        }
    }

    private sealed class Removal(DirectoryInfo folder) : IDisposable
    {
        public void Dispose() => folder.Delete(recursive: true);
    }
}
