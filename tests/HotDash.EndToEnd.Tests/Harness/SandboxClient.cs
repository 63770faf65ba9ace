using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>Looks at what the providers would have seen, and makes them fail.</summary>
internal sealed class SandboxClient(Uri address) : IDisposable
{
    public const string Workspace = "ws-sandbox";

    private readonly HttpClient _http = new() { BaseAddress = address };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The id of an account that posts can go to.</summary>
    public async Task<string> FindAccountAsync(string publerKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/publer/api/v1/accounts")
        {
            Headers = { { "Authorization", $"Bearer-API {publerKey}" }, { "Publer-Workspace-Id", Workspace } },
        };
        using var answer = await _http.SendAsync(request, Ct);
        var accounts = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Ct))!;

        return (string)(accounts as JsonArray ?? accounts["accounts"]!.AsArray())[0]!["id"]!;
    }

    /// <summary>How often each text was published.</summary>
    public async Task<IReadOnlyDictionary<string, int>> PublishedAsync() =>
        (await EffectsAsync("publer", "post.published")).CountBy(text => text, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

    /// <summary>The text of every effect of this kind.</summary>
    public async Task<IEnumerable<string>> EffectsAsync(string provider, string operation)
    {
        var ledger = JsonNode.Parse(await _http.GetStringAsync(new Uri($"/_sandbox/ledger/{provider}?operation={operation}", UriKind.Relative), Ct))!;

        return ledger["effects"]!.AsArray().Select(effect => (string)effect!["details"]!["text"]!);
    }

    /// <summary>The next calls of this route do what they are asked, and their answer is lost.</summary>
    public Task LoseAnswersAsync(string route, int count) => FailAsync(new { provider = "publer", kind = "lost-answer", method = "POST", route, count });

    /// <summary>The next of these calls takes its time, and then does what it is asked.</summary>
    public Task DelayAsync(string provider, string route, string delay) => FailAsync(new { provider, kind = "latency", method = "POST", route, delay, count = 1 });

    /// <summary>How many faults wait for a call.</summary>
    public async Task<int> CountFaultsAsync() =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri("/_sandbox/faults", UriKind.Relative), Ct))!["faults"]!.AsArray().Count;

    public async Task ClearFaultsAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri("/_sandbox/faults", UriKind.Relative), Ct);

        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private async Task FailAsync(object fault)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri("/_sandbox/faults", UriKind.Relative), fault, Ct);

        answer.EnsureSuccessStatusCode();
    }
}
