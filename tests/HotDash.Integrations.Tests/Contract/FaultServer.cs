using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>A server that answers every request in one wrong way, on real sockets.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _serving;
    private int _requests;

    public FaultServer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    public int Requests => _requests;

    public static Func<NetworkStream, CancellationToken, Task> Reply(int status, string body, params (string Name, string Value)[] headers) =>
        async (stream, ct) =>
        {
            var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} canary-echo\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n");
            foreach (var (name, value) in headers)
                head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{head}\r\n{body}"), ct);
        };

    public static Func<NetworkStream, CancellationToken, Task> Raw(string text, bool thenWait = false) => async (stream, ct) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        if (thenWait)
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
    };

    /// <summary>A body without a stated length that goes on for so many megabytes.</summary>
    public static Func<NetworkStream, CancellationToken, Task> Megabytes(int count) => async (stream, ct) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n["u8.ToArray(), ct);
        var megabyte = new byte[1024 * 1024];
        Array.Fill(megabyte, (byte)' ');
        for (var sent = 0; sent < count; sent++)
            await stream.WriteAsync(megabyte, ct);
    };

    public static Task ResetAsync(NetworkStream stream, CancellationToken ct)
    {
        stream.Socket.LingerState = new(enable: true, seconds: 0);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(AnswerAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await ReadRequestAsync(stream);
            Interlocked.Increment(ref _requests);
            await _answer(stream, _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client had enough
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var length = 0;
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
        }

        // Asked for nothing, a reader waits for something all the same.
        if (length > 0)
            await reader.ReadBlockAsync(new char[length], _stop.Token);
    }
}
