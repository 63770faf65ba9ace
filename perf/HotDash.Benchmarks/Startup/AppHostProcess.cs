using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using HotDash.TestKit;

namespace HotDash.Benchmarks.Startup;

/// <summary>HotDash.AppHost as it was built, and everything that it starts.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;
    private readonly ProcessFamily _family;

    private AppHostProcess(Process process, ProcessFamily family)
    {
        (_process, _family) = (process, family);
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static AppHostProcess Start(string state)
    {
        var family = new ProcessFamily(state);
        var start = BuiltProgram.Command("HotDash.AppHost",
            [$"--HotDash:StateFolder={Path.Combine(state, "state")}", "--Proxy:Port=0", "--DcpPublisher:RandomizePorts=true"], []);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        family.Mark(start.Environment);

        return new(Process.Start(start)!, family);
    }

    public static void Kill(AppHostProcess appHost) => appHost._process.Kill();

    public static void Terminate(AppHostProcess appHost)
    {
        using var kill = Process.Start("kill", ["-TERM", appHost._process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task AllHealthyAsync(CancellationToken ct)
    {
        var client = new AppHostClient(_process.Id);
        await UntilAsync("the AppHost listens", () => client.SocketPath is not null || ThrowIfEnded(), ct);

        await client.WaitUntilAllHealthyAsync(ct);
    }

    /// <summary>Completes when no process of the family is left.</summary>
    public Task GoneAsync(CancellationToken ct) => UntilAsync("everything is gone", () => _family.Members() is [], ct);

    public ValueTask DisposeAsync()
    {
        foreach (var left in _family.Members())
        {
            left.Kill();
        }

        _process.Dispose();

        return ValueTask.CompletedTask;
    }

    private bool ThrowIfEnded() => _process.HasExited ? throw Failure($"The AppHost ended with {_process.ExitCode}") : false;

    private async Task UntilAsync(string what, Func<bool> condition, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);

        try
        {
            while (!condition())
            {
                await Task.Delay(Interval, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failure($"Not within {Patience.TotalSeconds} s: {what}");
        }
    }

    private InvalidOperationException Failure(string what) =>
        new($"{what}. Its last lines:\n{string.Join('\n', _output.TakeLast(20))}");
}
