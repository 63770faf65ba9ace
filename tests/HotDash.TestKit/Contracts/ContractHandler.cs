using System.Collections.Concurrent;

namespace HotDash.TestKit.Contracts;

/// <summary>Lets exchanges pass and holds each against the provider's contract.</summary>
/// <param name="below">The part of the path in front of the provider's own, such as <c>/chatwoot</c>.</param>
public sealed class ContractHandler(OpenApiContract contract, string below, HttpMessageHandler wire) : DelegatingHandler(wire)
{
    private readonly ConcurrentQueue<string> _problems = new();
    private int _exchanges;

    /// <summary>What was wrong with requests and replies, in order.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    /// <summary>How many were looked at, so that a test that looks at nothing does not pass.</summary>
    public int Exchanges => _exchanges;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (method, path) = (request.Method.Method, request.RequestUri!.PathAndQuery[below.Length..]);
        var asked = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);

        var reply = await base.SendAsync(request, cancellationToken);
        await reply.Content.LoadIntoBufferAsync(cancellationToken);

        Keep(contract.CheckRequest(method, path, asked));
        Keep(contract.CheckReply(method, path, (int)reply.StatusCode, await reply.Content.ReadAsStringAsync(cancellationToken)));
        Interlocked.Increment(ref _exchanges);
        return reply;
    }

    private void Keep(IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            _problems.Enqueue(problem);
        }
    }
}
