using System.Net.Sockets;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Backchannel;

/// <summary>Serves methods to any number of clients of a Unix socket that only this user can open. A bad client loses its connection, no more.</summary>
/// <param name="path">Where the socket is made.</param>
/// <param name="methods">What clients may call.</param>
/// <param name="logger">Hears of clients that leave or speak something else.</param>
/// <param name="clientGone">Called after a client has left by itself.</param>
internal sealed class RpcSocket(
    string path, IReadOnlyDictionary<string, RpcMethod> methods, ILogger logger, Action? clientGone = null) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private bool _stopped;
    private Task _accepting = Task.CompletedTask;

    public void Start()
    {
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            UserFolders.CreatePrivate(Path.GetDirectoryName(path)!);

        File.Delete(path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            // Before it listens, so that nobody else can have connected.
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, true))
            return;

        await _stopping.CancelAsync();
        _listener.Dispose();
        File.Delete(path);
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var clients = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_stopping.Token);
                clients.RemoveAll(task => task.IsCompleted);
                clients.Add(ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            logger.LogDebug(e, "The backchannel accepts no more clients.");
        }

        await Task.WhenAll(clients);
    }

    private async Task ServeAsync(Socket client)
    {
        await using var stream = new NetworkStream(client, ownsSocket: true);
        using var connection = new RpcConnection(stream, methods, logger);
        try
        {
            await connection.RunAsync(_stopping.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidDataException or ObjectDisposedException)
        {
            logger.LogDebug(e, "A backchannel client is gone.");
        }

        if (!_stopping.IsCancellationRequested)
            clientGone?.Invoke();
    }
}
