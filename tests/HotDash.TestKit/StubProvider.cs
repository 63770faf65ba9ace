using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace HotDash.TestKit;

/// <summary>
/// The end of the wire: answers requests with the planned replies in their order, and keeps what was asked. A request without a reply
/// fails, and fails the test once more on disposal, since the code under test may take the failure for one of the provider's.
/// </summary>
public sealed class StubProvider : HttpMessageHandler
{
    private readonly ConcurrentQueue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _replies = new();
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private string? _unplanned;

    /// <summary>Everything that was asked, in order.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public StubProvider Replies(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers) => Replies(_ =>
    {
        var reply = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            if (!reply.Headers.TryAddWithoutValidation(name, value))
            {
                reply.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return reply;
    });

    public StubProvider Replies(Func<HttpRequestMessage, HttpResponseMessage> reply) => Replies((request, _) => Task.FromResult(reply(request)));

    public StubProvider Replies(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> reply)
    {
        _replies.Enqueue(reply);
        return this;
    }

    /// <summary>The connection fails this way.</summary>
    public StubProvider Fails(Exception how) => Replies((_, _) => Task.FromException<HttpResponseMessage>(how));

    /// <summary>No answer ever comes; the caller's patience ends it.</summary>
    public StubProvider Hangs() => Replies(async (_, ct) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        throw new OperationCanceledException(ct);
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _requests.Enqueue(await StubRequest.ReadAsync(request, cancellationToken));

        if (!_replies.TryDequeue(out var reply))
        {
            _unplanned = $"{request.Method} {request.RequestUri}";
            throw new InvalidOperationException($"No reply is planned for {_unplanned}.");
        }

        var response = await reply(request, cancellationToken);
        response.RequestMessage ??= request;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);

        if (disposing && Interlocked.Exchange(ref _unplanned, null) is { } asked)
        {
            throw new InvalidOperationException($"The test planned no reply for {asked}.");
        }
    }
}

/// <summary>One request as it would have gone out.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Address">The whole address.</param>
/// <param name="Headers">The request's and its content's; several values of a name are joined by a comma.</param>
/// <param name="Body">As text; empty when there was none.</param>
public sealed record StubRequest(string Method, Uri Address, IReadOnlyDictionary<string, string> Headers, string Body)
{
    internal static async Task<StubRequest> ReadAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct);

        return new(request.Method.Method, request.RequestUri!, headers, body);
    }
}
