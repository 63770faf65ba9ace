using System.Net;

namespace HotDash.ServiceDefaults.Tests.Resilience;

/// <summary>Stands where the network would; keeps what was sent and answers as told, the last answer again and again.</summary>
internal sealed class StubWire(params Func<CancellationToken, Task<HttpResponseMessage>>[] answers) : HttpMessageHandler
{
    private int _calls;

    public int Calls => _calls;

    public List<string?> Bodies { get; } = [];

    public static StubWire Answers(params HttpStatusCode[] statuses) =>
        new([.. statuses.Select(status => (Func<CancellationToken, Task<HttpResponseMessage>>)(_ => Task.FromResult(new HttpResponseMessage(status))))]);

    public static async Task<HttpResponseMessage> Hang(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        throw new InvalidOperationException("Nobody gets here.");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = Interlocked.Increment(ref _calls);
        Bodies.Add(request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken));

        return await answers[Math.Min(call, answers.Length) - 1](cancellationToken);
    }
}
