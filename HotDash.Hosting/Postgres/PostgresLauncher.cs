using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.State;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Postgres;

/// <summary>Turns a Postgres server of the model into a prepared data folder and the command that serves it.</summary>
internal sealed class PostgresLauncher(AppHostState state)
{
    /// <summary>
    /// Called before every start of the server, also after it died: waits until an old process is gone, and makes the data folder when
    /// there is none yet.
    /// </summary>
    /// <param name="server">Its name is that of its data folder.</param>
    /// <param name="userName">The superuser of a new data folder.</param>
    /// <param name="password">That one's password; it never stands on a command line.</param>
    /// <param name="port">The port's argument, a text that DCP replaces by the number.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<ProcessLaunch> PrepareAsync(
        PostgresServerResource server, string userName, string password, string port, CancellationToken ct)
    {
        var data = await PostgresData.OpenAsync(Path.Combine(state.Folder, server.Name), NpmTools.Installed, ct);
        await data.PrepareAsync(userName, password, ct);

        return data.Serve(port);
    }

    /// <summary>Asks the server for a fast shutdown (SIGINT): SIGTERM would wait for its clients.</summary>
    public static void RequestStop(int pid)
    {
        if (OperatingSystem.IsWindows())
        {
            // There are no signals; what was committed is in the write-ahead log and comes back at the next start.
            System.Diagnostics.Process.GetProcessById(pid).Kill();
        }
        else
        {
            _ = Unix.Kill(pid, Unix.SigInt);
        }
    }
}
