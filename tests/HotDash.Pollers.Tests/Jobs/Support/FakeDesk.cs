using System.Net;
using System.Text;
using System.Text.Json;

namespace HotDash.Pollers.Tests.Jobs.Support;

/// <summary>One conversation in Chatwoot, behind a connection that fails as the test says.</summary>
internal sealed class FakeDesk : HttpMessageHandler
{
    private readonly List<string> _messages = [];

    /// <summary>What the next posts end with, after they had their effect or before; null breaks the connection.</summary>
    public Queue<(bool HasEffect, HttpStatusCode? Status)> Posts { get; } = new();

    /// <summary>The bodies of all messages that are there.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Runs while a post is under way.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public int Sends { get; private set; }

    public int Looks { get; private set; }

    public void Add(string body) => _messages.Add(body);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            Looks++;
            return Reply(HttpStatusCode.OK, $$"""{"payload":[{{string.Join(',', _messages.Select(Row))}}]}""");
        }

        Sends++;
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        var (hasEffect, status) = Posts.TryDequeue(out var planned) ? planned : (true, HttpStatusCode.OK);
        if (hasEffect)
            Add(body);
        if (Meanwhile is { } meanwhile)
            await meanwhile();

        return status is { } known ? Reply(known, hasEffect ? Row(body, _messages.Count - 1) : "{}") : throw new HttpRequestException(HttpRequestError.ConnectionError);
    }

    private static string Row(string body, int place) =>
        $$"""{"id":{{place + 9}},"message_type":1,"created_at":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},"private":true,"content_attributes":{{JsonDocument.Parse(body).RootElement.GetProperty("content_attributes")}}}""";

    private static HttpResponseMessage Reply(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
