using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Backchannel;

/// <summary>What a method does with its positional parameters; its result may be an <see cref="IAsyncEnumerable{T}"/> of objects.</summary>
internal delegate Task<object?> RpcMethod(JsonElement[] args, CancellationToken ct);

/// <summary>One client of a JSON-RPC 2.0 server. Requests run side by side; a request that fails is answered with an error.</summary>
internal sealed class RpcConnection : IDisposable
{
    // A client that does not read its answers must not hold up the end.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromMilliseconds(500);

    private readonly RpcFrames _frames;
    private readonly RpcStreams _streams;
    private readonly Dictionary<string, RpcMethod> _methods;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _answers = new();

    public RpcConnection(Stream stream, IReadOnlyDictionary<string, RpcMethod> methods, ILogger logger)
    {
        _frames = new RpcFrames(stream);
        _streams = new RpcStreams(_closed.Token);
        _logger = logger;
        _methods = new(methods, StringComparer.Ordinal)
        {
            ["$/enumerator/next"] = _streams.NextAsync,
            ["$/enumerator/abort"] = _streams.AbortAsync,
            ["$/cancelRequest"] = CancelAsync,
        };
    }

    /// <summary>Answers until the client leaves or <paramref name="stopping"/> is cancelled; answers under way are still sent.</summary>
    /// <exception cref="InvalidDataException">The client does not speak this protocol.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await _frames.ReadAsync(stopping) is { } message)
            {
                var answer = Task.Run(() => AnswerAsync(message), CancellationToken.None);
                _answers.TryAdd(answer, true);
                _ = answer.ContinueWith(done => _answers.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        finally
        {
            await _closed.CancelAsync();
            await Task.WhenAny(Task.WhenAll(_answers.Keys), Task.Delay(LastAnswers, CancellationToken.None));
        }
    }

    public void Dispose()
    {
        _closed.Dispose();
        _frames.Dispose();
    }

    private async Task AnswerAsync(byte[] message)
    {
        RpcRequest? request = null;
        object reply;
        try
        {
            request = RpcRequest.Parse(message);
            reply = new { jsonrpc = "2.0", id = request.Id, result = await CallAsync(request) };
        }
        catch (Exception e)
        {
            reply = new { jsonrpc = "2.0", id = request?.Id, error = ErrorOf(e) };
        }

        if (request is not { Id: null })
            await SendAsync(reply);
    }

    private async Task<object?> CallAsync(RpcRequest request)
    {
        if (!_methods.TryGetValue(request.Method, out var method))
            throw new RpcException(RpcException.MethodNotFound, $"The method '{request.Method}' is not known here.");

        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        var key = request.Id?.GetRawText() ?? "";
        _running[key] = cancel;
        try
        {
            var result = await method(request.Args, cancel.Token);
            return result is IAsyncEnumerable<object> source ? _streams.Open(source) : result;
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }

    private async Task SendAsync(object reply)
    {
        try
        {
            await _frames.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(reply, JsonSerializerOptions.Web), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _logger.LogDebug(e, "A backchannel client left before its answer.");
        }
    }

    private async Task<object?> CancelAsync(JsonElement[] args, CancellationToken ct)
    {
        if (args is [{ ValueKind: JsonValueKind.Object } cancel, ..] && cancel.TryGetProperty("id", out var id)
            && _running.TryGetValue(id.GetRawText(), out var request))
        {
            await request.CancelAsync();
        }

        return null;
    }

    private object ErrorOf(Exception e)
    {
        if (e is not (RpcException or OperationCanceledException))
            _logger.LogWarning(e, "A backchannel request failed.");

        var code = e switch
        {
            RpcException rpc => rpc.Code,
            OperationCanceledException => RpcException.RequestCancelled,
            _ => RpcException.InternalError,
        };
        return new { code, message = e.Message };
    }
}
