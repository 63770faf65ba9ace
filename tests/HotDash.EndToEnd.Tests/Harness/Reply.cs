using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>A reply on its way to a customer, through the proxy. Whoever asks HotDash for something asks until it has it.</summary>
internal sealed class Reply(HotDashClient hotDash, SandboxClient sandbox, string webhookSecret)
{
    private const int Conversation = 1;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _words = $"Your parcel left us today {Guid.NewGuid()}";
    private JsonNode _approval = null!;

    /// <summary>Chatwoot tells, signed, what a customer wrote.</summary>
    public Task IsAskedForAsync()
    {
        var (body, delivery) = ($$$"""{"event":"message_created","id":1,"message_type":"incoming","content":"Where is it?","conversation":{"id":{{{Conversation}}} }}""", Guid.NewGuid().ToString());

        return TakenAsync("the webhook", () => Signed(body, delivery));
    }

    /// <summary>An agent proposes words; others read them as a note.</summary>
    public async Task IsDraftedAsync()
    {
        var draft = new { content = _words, confidence = 0.9, sources = (string[])["order 1001"] };
        _approval = (await TakenAsync("the draft", () => Post($"/api/support/conversations/{Conversation}/drafts", draft)))["approval"]!;

        await Eventually.TrueAsync("the note to be written", async _ => await CountAsync("note.created") > 0, Patience);
    }

    /// <summary>Somebody else approves them: the agent could not.</summary>
    public async Task IsApprovedAsync()
    {
        var person = (string)(await TakenAsync("a key", () => Post("/api/keys", new { name = "person", scopes = (string[])["approve"] })))["token"]!;

        await TakenAsync("the approval", () =>
        {
            var request = Post($"/api/approvals/{_approval["id"]}/approve", new { hash = (string)_approval["hash"]! });
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person);
            return request;
        });
    }

    public Task IsSentAsync() => Eventually.TrueAsync("the reply to be sent", async ct =>
        (string?)(await AnswerAsync(new(HttpMethod.Get, $"/api/approvals/{_approval["id"]}"), ct))?["approval"]!["state"] == "sent", Patience);

    /// <summary>How often the customer or the agents got it.</summary>
    /// <param name="what">reply.sent, or note.created.</param>
    public async Task<int> CountAsync(string what) =>
        (await sandbox.EffectsAsync("chatwoot", what)).Count(text => text.Contains(_words, StringComparison.Ordinal));

    private HttpRequestMessage Signed(string body, string delivery)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(webhookSecret), Encoding.UTF8.GetBytes($"{time}.{body}"));

        return new(HttpMethod.Post, "/webhooks/chatwoot")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { { "X-Chatwoot-Timestamp", time }, { "X-Chatwoot-Signature", $"sha256={Convert.ToHexStringLower(signature)}" }, { "X-Chatwoot-Delivery", delivery } },
        };
    }

    private static HttpRequestMessage Post(string path, object body) => new(HttpMethod.Post, path) { Content = JsonContent.Create(body) };

    private Task<JsonNode> TakenAsync(string what, Func<HttpRequestMessage> request) =>
        Eventually.GetAsync($"{what} to be taken", ct => AnswerAsync(request(), ct), Patience);

    /// <returns>Null when there was none, or when it was to come back later.</returns>
    private async Task<JsonNode?> AnswerAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var asked = request;
        try
        {
            using var answer = await hotDash.Http.SendAsync(request, ct);
            return answer.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                ? null
                : JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct));
        }
        catch (Exception e) when (e is HttpRequestException { StatusCode: null } or IOException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
