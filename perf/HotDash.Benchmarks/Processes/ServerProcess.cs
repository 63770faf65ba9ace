using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HotDash.Benchmarks.Processes;

/// <summary>A server on a loopback port of its own, gone when disposed of.</summary>
internal abstract class ServerProcess(Process process, Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Uri Address => address;

    public virtual void Dispose()
    {
        if (!process.WaitForExit(AskToStop() ? Patience : TimeSpan.Zero))
            process.Kill(entireProcessTree: true);

        process.WaitForExit();
        process.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <returns>Whether the server was told to end by itself.</returns>
    protected virtual bool AskToStop() => false;

    protected static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        return new UriBuilder("http", "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port).Uri;
    }

    /// <summary>Returns when the server accepts connections.</summary>
    protected static async Task<Process> StartAsync(ProcessStartInfo start, Uri address, CancellationToken ct)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);

        while (!await AcceptsAsync(address, patience.Token))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode} instead of listening on {address}.");

            await Task.Delay(20, patience.Token);
        }

        return process;
    }

    private static async Task<bool> AcceptsAsync(Uri address, CancellationToken ct)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
