using System.Diagnostics;
using HotDash.TestKit;

namespace HotDash.TestWorker;

/// <summary>A worker in a process of its own, to be frozen, thawed and killed.</summary>
public sealed class WorkerProcess : IDisposable
{
    /// <summary>What wraps the data-protection keys of these workers.</summary>
    public const string DataProtectionKey = "only for tests, and long";

    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>As it stands in <c>jobs.leased_by</c>, and as its sessions are called.</summary>
    public string Name => $"{Environment.MachineName}:{_process.Id}";

    /// <param name="settings">Environment variables, such as <c>Jobs__Lease</c>.</param>
    public static WorkerProcess Start(string connectionString, params IEnumerable<(string Name, string Value)> settings)
    {
        return new(Process.Start(BuiltProgram.Command("HotDash.TestWorker", [], [("ConnectionStrings__hotdash", connectionString), .. settings]))!);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
            throw new InvalidOperationException($"kill {signal} failed.");
    }
}
