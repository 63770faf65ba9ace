using System.Net;

namespace HotDash.Integrations.Tests;

/// <summary>Stands in for the wire: everything above it is the real thing. Answers in order, the last answer again and again.</summary>
internal sealed class StubProvider : HttpMessageHandler
{
    private readonly List<Func<CancellationToken, Task<HttpResponseMessage>>> answers = [];
    private readonly Lock gate = new();

    public List<(HttpMethod Method, string Address, string Body, IReadOnlyDictionary<string, string> Headers)> Requests { get; } = [];

    public StubProvider Replies(HttpStatusCode status, string body = "", params (string Name, string Value)[] headers) =>
        Does(_ =>
        {
            var reply = new HttpResponseMessage(status) { Content = new StringContent(body) };
            foreach (var (name, value) in headers)
            {
                if (!reply.Headers.TryAddWithoutValidation(name, value))
                    reply.Content.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(reply);
        });

    public StubProvider Throws(Exception e) => Does(_ => Task.FromException<HttpResponseMessage>(e));

    public StubProvider NeverAnswers() => Does(async ct =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        throw new InvalidOperationException();
    });

    public StubProvider Does(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        answers.Add(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        int turn;
        lock (gate)
        {
            Requests.Add((request.Method, request.RequestUri!.PathAndQuery, body,
                request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.Ordinal)));
            turn = Math.Min(Requests.Count, answers.Count) - 1;
        }

        return await (turn < 0 ? throw new InvalidOperationException("An unplanned request.") : answers[turn](cancellationToken));
    }
}
