using System.Diagnostics;

namespace Aspire.Hosting.Tools;

/// <summary>Runs a short program to its end.</summary>
internal static class ToolProcess
{
    /// <summary>Exit code, and what the program wrote to both streams. A program that cannot be started answers 127, as in a shell.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> args, IEnumerable<(string Name, string Value)> environment, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A folder that every account may enter: the program may run as another one than ours.
            WorkingDirectory = Path.GetPathRoot(Path.GetTempPath()),
        };

        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        try
        {
            using var process = Process.Start(start)!;
            return await FinishAsync(process, ct);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (127, e.Message);
        }
    }

    private static async Task<(int, string)> FinishAsync(Process process, CancellationToken ct)
    {
        try
        {
            process.StandardInput.Close();
            var streams = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);

            return (process.ExitCode, string.Join('\n', streams).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
