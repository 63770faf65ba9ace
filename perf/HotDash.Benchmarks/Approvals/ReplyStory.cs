using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HotDash.Benchmarks.Approvals;

/// <summary>
/// One reply, from the customer's message to the answer. Chatwoot, the agent and the person each say what they say until HotDash has it, as they
/// would; what happens then is HotDash's own affair.
/// </summary>
internal sealed class ReplyStory(ReplyStage stage, int conversation, AuthenticationHeaderValue agent, AuthenticationHeaderValue person)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string _words = $"Your parcel left us today. {Guid.CreateVersion7()}";
    private string _approval = "";

    /// <summary>What was asked more than once, since there was no answer.</summary>
    public int AskedAgain { get; private set; }

    /// <param name="before">What is done before each step.</param>
    public async Task TellAsync(Func<Step, Task> before, CancellationToken ct)
    {
        await before(Step.Webhook);
        await SendWebhookAsync(ct);

        await before(Step.Draft);
        var hash = await SubmitAsync(ct);
        while (await CountAsync("note.created", ct) == 0)
            await Task.Delay(Pause, ct);

        await before(Step.Approve);
        await UntilTakenAsync(() => Request(person, $"api/approvals/{_approval}/approve", new { hash }), ct);
        while (await StateAsync(ct) is not "sent")
            await Task.Delay(Pause, ct);
    }

    /// <summary>How often this came to be at Chatwoot.</summary>
    /// <param name="what">reply.sent, or note.created.</param>
    public async Task<int> CountAsync(string what, CancellationToken ct) =>
        (await stage.Sandbox.EffectsAsync("chatwoot", what, ct)).Count(effect => effect.GetProperty("text").GetString()!.Contains(_words, StringComparison.Ordinal));

    /// <summary>The audit shows that what was sent is what was approved.</summary>
    public async Task<bool> IsProvedAsync(CancellationToken ct) =>
        await GetAsync($"api/approvals/{_approval}/proof", ct) is { } proof && proof.GetProperty("proved").GetBoolean();

    private Task<JsonElement> SendWebhookAsync(CancellationToken ct)
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"event":"message_created","id":1,"message_type":"incoming","content":"Where is it?","conversation":{"id":{{{conversation}}} }}""");
        var delivery = Guid.CreateVersion7().ToString();

        return UntilTakenAsync(() => Signed(body, delivery), ct);
    }

    private static HttpRequestMessage Signed(byte[] body, string delivery)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] said = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(ReplyStage.WebhookSecret), said);

        return new(HttpMethod.Post, "webhooks/chatwoot")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            Headers = { { "X-Chatwoot-Timestamp", time }, { "X-Chatwoot-Signature", $"sha256={Convert.ToHexStringLower(signature)}" }, { "X-Chatwoot-Delivery", delivery } },
        };
    }

    /// <returns>The hash that a decision has to name.</returns>
    private async Task<string> SubmitAsync(CancellationToken ct)
    {
        var draft = new { content = _words, confidence = 0.9, sources = (string[])["order 1001"] };
        var taken = (await UntilTakenAsync(() => Request(agent, $"api/support/conversations/{conversation}/drafts", draft), ct)).GetProperty("approval");
        _approval = taken.GetProperty("id").GetString()!;

        return taken.GetProperty("hash").GetString()!;
    }

    private static HttpRequestMessage Request(AuthenticationHeaderValue key, string path, object body) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { Authorization = key } };

    private async Task<string?> StateAsync(CancellationToken ct) =>
        await GetAsync($"api/approvals/{_approval}", ct) is { } shown ? shown.GetProperty("approval").GetProperty("state").GetString() : null;

    private async Task<JsonElement> UntilTakenAsync(Func<HttpRequestMessage> request, CancellationToken ct)
    {
        while (true)
        {
            if (await AnswerAsync(request(), ct) is { } answer)
                return answer;

            AskedAgain++;
            await Task.Delay(Pause, ct);
        }
    }

    private Task<JsonElement?> GetAsync(string path, CancellationToken ct) => AnswerAsync(new(HttpMethod.Get, path) { Headers = { Authorization = person } }, ct);

    /// <returns>Null when there was none, or when it was to come back later.</returns>
    /// <exception cref="InvalidOperationException">It was refused.</exception>
    private async Task<JsonElement?> AnswerAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var asked = request;
        try
        {
            using var answer = await stage.Http.SendAsync(request, ct);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Created => await answer.Content.ReadFromJsonAsync<JsonElement>(ct),
                HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => null,
                var status => throw new InvalidOperationException($"{request.Method} {request.RequestUri} was refused: {status} {await answer.Content.ReadAsStringAsync(ct)}"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
