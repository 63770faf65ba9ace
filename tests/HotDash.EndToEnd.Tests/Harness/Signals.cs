using Aspire.Hosting.Tools;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>Signals by name, since their numbers differ between systems.</summary>
internal static class Signals
{
    public static Task KillAsync(int process) => SendAsync("KILL", process);

    public static Task AskToEndAsync(int process) => SendAsync("TERM", process);

    public static Task FreezeAsync(int process) => SendAsync("STOP", process);

    public static Task ThawAsync(int process) => SendAsync("CONT", process);

    private static async Task SendAsync(string signal, int process)
    {
        var (exitCode, output) = await ToolProcess.RunAsync("kill", ["-s", signal, $"{process}"], [], TestContext.Current.CancellationToken);

        if (exitCode != 0)
            throw new InvalidOperationException($"SIG{signal} did not reach process {process}: {output}");
    }
}
