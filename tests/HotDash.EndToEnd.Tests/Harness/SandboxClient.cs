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
    public async Task<IReadOnlyDictionary<string, int>> PublishedAsync()
    {
        var ledger = JsonNode.Parse(await _http.GetStringAsync(new Uri("/_sandbox/ledger/publer?operation=post.published", UriKind.Relative), Ct))!;

        return ledger["effects"]!.AsArray()
            .Select(effect => (string)effect!["details"]!["text"]!)
            .CountBy(text => text, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The next calls of this route do what they are asked, and their answer is lost.</summary>
    public async Task LoseAnswersAsync(string route, int count)
    {
        using var answer = await _http.PostAsJsonAsync(
            new Uri("/_sandbox/faults", UriKind.Relative), new { provider = "publer", kind = "lost-answer", method = "POST", route, count }, Ct);

        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many faults wait for a call.</summary>
    public async Task<int> CountFaultsAsync() =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri("/_sandbox/faults", UriKind.Relative), Ct))!["faults"]!.AsArray().Count;

    public async Task ClearFaultsAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri("/_sandbox/faults", UriKind.Relative), Ct);

        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
