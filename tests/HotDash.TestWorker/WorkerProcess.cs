using System.Diagnostics;

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
        // artifacts/bin/{project}/{configuration}
        var configuration = new DirectoryInfo(AppContext.BaseDirectory);
        var worker = Path.Combine(configuration.Parent!.Parent!.FullName, "HotDash.TestWorker", configuration.Name, "HotDash.TestWorker.dll");
        var start = new ProcessStartInfo("dotnet", [worker]) { Environment = { ["ConnectionStrings__hotdash"] = connectionString } };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        return new(Process.Start(start)!);
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
