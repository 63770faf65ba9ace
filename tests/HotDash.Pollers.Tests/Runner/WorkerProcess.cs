using System.Diagnostics;

namespace HotDash.Pollers.Tests.Runner;

/// <summary>A poller in a process of its own, to be stopped, continued and killed.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process) => _process = process;

    /// <summary>As it stands in <c>jobs.leased_by</c>.</summary>
    public string Name => $"{Environment.MachineName}:{_process.Id}";

    public static WorkerProcess Start(string connectionString, TimeSpan lease, int concurrency)
    {
        // artifacts/bin/{project}/{configuration}
        var configuration = new DirectoryInfo(AppContext.BaseDirectory);
        var worker = Path.Combine(configuration.Parent!.Parent!.FullName, "HotDash.TestWorker", configuration.Name, "HotDash.TestWorker.dll");
        var start = new ProcessStartInfo("dotnet", [worker])
        {
            Environment =
            {
                ["ConnectionStrings__hotdash"] = connectionString,
                ["Jobs__Lease"] = lease.ToString(),
                ["Jobs__Concurrency"] = $"{concurrency}",
            },
        };

        return new(Process.Start(start)!);
    }

    public void Kill() => _process.Kill();

    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ThawAsync() => SignalAsync("-CONT");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
