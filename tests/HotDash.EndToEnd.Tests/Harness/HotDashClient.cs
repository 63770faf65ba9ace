using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>What a user of HotDash does, through the proxy.</summary>
internal sealed class HotDashClient : IDisposable
{
    public HotDashClient(Uri proxy, string key)
    {
        Http = new HttpClient { BaseAddress = proxy, Timeout = TimeSpan.FromSeconds(15) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public HttpClient Http { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await Http.GetStringAsync(new Uri(path, UriKind.Relative), Ct))!;

    /// <summary>Posts until it is accepted, as a client does that must not lose it and must not post twice.</summary>
    public async Task<string> PostAsync(string text, string account)
    {
        var key = Guid.NewGuid().ToString();

        return await Eventually.GetAsync($"'{text}' to be accepted", ct => TryPostAsync(text, account, key, ct));
    }

    public async Task<JsonNode> StatusAsync(string jobId) => (await GetAsync($"/api/social/status/{jobId}"))["status"]!;

    public async Task<JsonNode> EndOfAsync(string jobId)
    {
        JsonNode? status = null;
        try
        {
            return await Eventually.GetAsync($"post {jobId} to end", async _ =>
                (status = await TryStatusAsync(jobId)) is not null && (string?)status["status"] is "complete" or "failed" ? status : null);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} The last answer: {status?.ToJsonString() ?? "none"}", e);
        }
    }

    public void Dispose() => Http.Dispose();

    /// <returns>Null while HotDash cannot answer.</returns>
    private async Task<JsonNode?> TryStatusAsync(string jobId)
    {
        try
        {
            return await StatusAsync(jobId);
        }
        catch (HttpRequestException e) when (e.StatusCode is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            return null;
        }
    }

    /// <returns>Null when it should be tried again.</returns>
    private async Task<string?> TryPostAsync(string text, string account, string key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/social/post")
        {
            Content = JsonContent.Create(new { text, accountIds = new[] { account } }),
            Headers = { { "Idempotency-Key", key } },
        };

        try
        {
            using var answer = await Http.SendAsync(request, ct);
            var body = await answer.Content.ReadAsStringAsync(ct);

            return answer.StatusCode switch
            {
                HttpStatusCode.Accepted => (string)JsonNode.Parse(body)!["jobId"]!,
                HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => null,
                _ => throw new InvalidOperationException($"'{text}' was refused with {answer.StatusCode}: {body}"),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }
}
