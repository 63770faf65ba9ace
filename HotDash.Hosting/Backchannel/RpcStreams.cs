using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

namespace Aspire.Hosting.Backchannel;

/// <summary>
/// Results that are streams, in StreamJsonRpc's convention: the answer holds a token, and the client asks for the next values with it.
/// https://github.com/microsoft/vs-streamjsonrpc/blob/main/docfx/docs/asyncenumerable.md
/// </summary>
internal sealed class RpcStreams(CancellationToken connectionClosed)
{
    // What a client has not fetched yet waits here; a client that stops fetching stops the source, too.
    private const int MaxUnread = 256;

    private readonly ConcurrentDictionary<long, OpenStream> _open = new();
    private long _lastToken;

    public object Open(IAsyncEnumerable<object> source)
    {
        var token = Interlocked.Increment(ref _lastToken);
        var stream = new OpenStream(
            Channel.CreateBounded<object>(MaxUnread), CancellationTokenSource.CreateLinkedTokenSource(connectionClosed));
        _open[token] = stream;
        _ = PumpAsync(source, stream);

        return new { token, values = Array.Empty<object>() };
    }

    public async Task<object?> NextAsync(JsonElement[] args, CancellationToken ct)
    {
        var token = TokenOf(args);
        if (!_open.TryGetValue(token, out var stream))
            throw new RpcException(RpcException.InvalidParams, $"There is no open stream {token}.");

        var finished = !await stream.Values.Reader.WaitToReadAsync(ct);
        var values = new List<object>();
        while (stream.Values.Reader.TryRead(out var value))
            values.Add(value);

        if (finished)
            Close(token);

        return new { values, finished };
    }

    public Task<object?> AbortAsync(JsonElement[] args, CancellationToken ct)
    {
        Close(TokenOf(args));
        return Task.FromResult<object?>(null);
    }

    private void Close(long token)
    {
        if (_open.TryRemove(token, out var stream))
            stream.Stop.Cancel();
    }

    private static long TokenOf(JsonElement[] args) => args is [{ ValueKind: JsonValueKind.Number } token, ..] && token.TryGetInt64(out var value)
        ? value
        : throw new RpcException(RpcException.InvalidParams, "The token of the stream is missing.");

    private static async Task PumpAsync(IAsyncEnumerable<object> source, OpenStream stream)
    {
        Exception? failure = null;
        try
        {
            await foreach (var value in source.WithCancellation(stream.Stop.Token))
                await stream.Values.Writer.WriteAsync(value, stream.Stop.Token);
        }
        catch (OperationCanceledException) when (stream.Stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            failure = e; // whatever the source throws, the client shall hear of it
        }

        stream.Values.Writer.TryComplete(failure);
    }

    private sealed record OpenStream(Channel<object> Values, CancellationTokenSource Stop);
}
