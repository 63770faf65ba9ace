using System.Net;
using System.Net.Sockets;

namespace HotDash.Benchmarks.Limits;

/// <summary>Passes connections on, and tells of what clients send. When it is cut, nothing gets through and nobody is told.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Action<ReadOnlySpan<byte>> _sent;
    private volatile TaskCompletionSource _open = new();

    /// <param name="target">Where a connection goes, asked when it is made.</param>
    /// <param name="sent">Gets each piece of what clients send, before it is passed on.</param>
    public TcpRelay(Func<int> target, Action<ReadOnlySpan<byte>>? sent = null)
    {
        _sent = sent ?? (_ => { });
        _open.SetResult();
        _listener.Start();
        _ = AcceptAsync(target);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend() => _open.TrySetResult();

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task AcceptAsync(Func<int> target)
    {
        while (!_over.IsCancellationRequested)
        {
            try
            {
                _ = PassAsync(await _listener.AcceptTcpClientAsync(_over.Token), target);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // The relay is over.
            }
        }
    }

    private async Task PassAsync(TcpClient client, Func<int> target)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await _open.Task.WaitAsync(_over.Token);
            await far.ConnectAsync(IPAddress.Loopback, target(), _over.Token);
            near.NoDelay = far.NoDelay = true;
            await await Task.WhenAny(PumpAsync(near, far, _sent), PumpAsync(far, near, _ => { }));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One end has gone; so does the other.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Action<ReadOnlySpan<byte>> passing)
    {
        var buffer = new byte[16 * 1024];
        while (await from.GetStream().ReadAsync(buffer, _over.Token) is var read and > 0)
        {
            await _open.Task.WaitAsync(_over.Token);
            passing(buffer.AsSpan(0, read));
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _over.Token);
        }
    }
}
