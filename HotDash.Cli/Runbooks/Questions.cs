using System.Net;
using System.Net.Http.Json;

namespace HotDash.Cli.Runbooks;

/// <summary>How one sees from outside what an integration answers from. Nothing that is asked reaches a customer, whatever the answer.</summary>
internal static class Questions
{
    /// <summary>An account that only the examples have: live, a post to it is refused before it is stored.</summary>
    private const string ExampleAccount = "mock-account-1";

    private static readonly Dictionary<string, string> Reads = new(StringComparer.Ordinal)
    {
        ["supabase"] = "/api/analytics/idea-pool?limit=1",
        ["google-analytics"] = "/api/analytics/traffic?provider=ga4",
        ["search-console"] = "/api/analytics/search",
        ["plausible"] = "/api/analytics/traffic?provider=plausible",
        ["chatwoot"] = "/api/support/conversations",
        ["shopify"] = "/api/commerce/orders?limit=1",
    };

    /// <summary>Its calls are writes: it is asked by one that cannot have an effect.</summary>
    public static bool TakesPosts(string key) => key is "publer";

    public static bool HasRead(string key) => Reads.ContainsKey(key);

    /// <returns>The source of the answer, or the code of the refusal.</returns>
    public static async Task<(string Source, string? Warning)> SourceAsync(ApiClient api, string key, CancellationToken ct)
    {
        var answer = await api.AskAsync(new(HttpMethod.Get, Reads[key]), ct);
        if (answer.Status is not HttpStatusCode.OK)
            return (answer.Json.Text("code"), answer.Json.TextOrNull("detail"));

        var warning = answer.Json.GetProperty("warnings").EnumerateArray().Select(warning => warning.Text("message")).FirstOrDefault();
        return (answer.Json.Text("source"), warning);
    }

    /// <returns>The id of a post to nobody (<c>mock-job-…</c>), or the code of the refusal.</returns>
    public static async Task<string> PostAsync(ApiClient api, CancellationToken ct)
    {
        var answer = await api.AskAsync(
            new(HttpMethod.Post, "/api/social/post") { Content = JsonContent.Create(new { text = "A question of hotdash, to nobody", accountIds = new[] { ExampleAccount } }) }, ct);

        return answer.Json.TextOrNull("jobId") ?? answer.Json.Text("code");
    }
}
