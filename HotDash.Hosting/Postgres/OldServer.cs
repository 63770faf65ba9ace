using System.Globalization;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Postgres;

/// <summary>
/// A server that an earlier run left in a data folder. PostgreSQL refuses to start beside it, and also beside its mere corpse: a killed
/// process whose parent has not yet asked for its exit code still counts as running.
/// </summary>
internal static class OldServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when no process serves the folder any more. Call it only while holding the lock of whoever owns the folder.</summary>
    public static async Task EndAsync(string folder, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Path.Combine(folder, "postmaster.pid")))
            return;

        foreach (var signal in (int[])[Unix.SigInt, Unix.SigQuit])
        {
            if (await EndAsync(folder, signal, ct))
            {
                // What is left are corpses, so the lock file is nobody's.
                File.Delete(Path.Combine(folder, "postmaster.pid"));
                return;
            }
        }

        throw new DistributedApplicationException(
            $"An earlier PostgreSQL still runs in '{folder}' and does not stop: end the processes {string.Join(", ", Living(folder))} and start again.");
    }

    private static async Task<bool> EndAsync(string folder, int signal, CancellationToken ct)
    {
        var started = TimeProvider.System.GetTimestamp();

        if (Postmaster(folder) is { } pid && Living(folder).Contains(pid))
            _ = Unix.Kill(pid, signal);

        while (Living(folder).Count > 0)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                return false;

            await Task.Delay(Pause, ct);
        }

        return true;
    }

    /// <summary>The first line of the lock file is the server's process.</summary>
    private static int? Postmaster(string folder) =>
        int.TryParse(File.ReadLines(Path.Combine(folder, "postmaster.pid")).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    /// <summary>Every process of a server works in its data folder; a corpse has no working directory.</summary>
    internal static List<int> Living(string folder)
    {
        var real = Unix.RealPath(folder);

        return
        [
            .. from path in Directory.EnumerateDirectories("/proc")
               let pid = int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var number) ? number : 0
               where pid > 0 && WorkingDirectory(path) == real
               select pid,
        ];
    }

    private static string? WorkingDirectory(string process)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
