using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

[Collection(WithSandbox.Name)]
public sealed class TelemetryTests(HotDashWithSandbox fixture)
{
    private static readonly string[] Way = ["proxy", "api", "pollers", "sandbox"];

    [Fact]
    public async Task One_trace_runs_from_the_proxy_through_api_and_poller_to_the_sandbox()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/social/post")
        {
            Content = JsonContent.Create(new { text = $"Traced {trace}", accountIds = new[] { fixture.Account } }),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01" } },
        };

        using var accepted = await fixture.HotDash.Client.Http.SendAsync(request, TestContext.Current.CancellationToken);

        accepted.EnsureSuccessStatusCode();
        await Eventually.TrueAsync($"spans of {string.Join(", ", Way)} in trace {trace}", async _ =>
        {
            var spans = JsonNode.Parse(await fixture.HotDash.Cli.RunAsync("otel", "spans", "--trace-id", trace, "--format", "json", "--limit", "500"))!;
            var processes = spans.AsArray().Select(span => (string)span!["source"]!).ToList();
            // A replica is named by its resource and a suffix.
            return Way.All(service => processes.Exists(process => process.Split('-')[0] == service));
        });
    }
}
