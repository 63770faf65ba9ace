using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

[Collection(WithSandbox.Name)]
public sealed class FeaturesTests(HotDashWithSandbox fixture)
{
    private readonly HotDashClient _client = fixture.HotDash.Client;

    [Fact]
    public async Task A_post_is_delivered_by_a_poller_once_and_ends_complete()
    {
        var text = $"Fresh from the kiln {Guid.NewGuid()}";

        var jobId = await _client.PostAsync(text, fixture.Account);
        var status = await _client.EndOfAsync(jobId);

        Assert.Equal(("complete", "publer"), ((string?)status["status"], (string?)status["source"]));
        Assert.Equal(1, (await fixture.Sandbox.PublishedAsync()).GetValueOrDefault(text));
    }

    [Fact]
    public async Task The_idea_pool_is_read_from_Supabase()
    {
        var answer = await LiveAsync("/api/analytics/idea-pool?limit=2", "supabase");

        Assert.NotEmpty(answer["data"]!["items"]!.AsArray());
    }

    [Theory]
    [InlineData("/api/analytics/traffic", "ga4")]
    [InlineData("/api/analytics/traffic?provider=plausible", "plausible")]
    [InlineData("/api/analytics/search", "gsc")]
    [InlineData("/api/commerce/orders", "shopify")]
    [InlineData("/api/commerce/products", "shopify")]
    [InlineData("/api/commerce/inventory", "shopify")]
    [InlineData("/api/support/conversations", "chatwoot")]
    public async Task What_is_asked_for_is_read_from_its_provider(string path, string source)
    {
        var answer = await LiveAsync(path, source);

        Assert.NotNull(answer["data"]);
    }

    [Fact]
    public async Task A_plan_is_shown_in_the_calendar_and_taken_out_again()
    {
        var id = $"plan-{Guid.NewGuid()}";
        var plan = new { planId = id, title = "Winter", entries = new[] { new { id = "launch", kind = "launch", title = "Mugs", start = "2026-12-01" } } };

        (await _client.Http.PostAsJsonAsync(new Uri("/api/calendar/sync", UriKind.Relative), plan, Ct)).EnsureSuccessStatusCode();
        var shown = await PlanAsync(id, "synced");
        (await _client.Http.DeleteAsync(new Uri($"/api/calendar/sync/{id}", UriKind.Relative), Ct)).EnsureSuccessStatusCode();
        await PlanAsync(id, "unsynced");

        Assert.Equal(("google-calendar", "synced"), ((string?)shown["source"], (string?)shown["entries"]![0]!["status"]));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>On a busy machine the first call may take too long: the answer is a snapshot then, as it should be, and one asks again.</summary>
    private Task<JsonNode> LiveAsync(string path, string source) => Eventually.GetAsync($"{path} to come from {source}", async _ =>
        await _client.GetAsync(path) is var answer && (string?)answer["source"] == source && answer["warnings"] is JsonArray { Count: 0 } ? answer : null);

    private Task<JsonNode> PlanAsync(string id, string status) => Eventually.GetAsync($"plan {id} to be {status}", async _ =>
        (await _client.GetAsync($"/api/calendar/sync/{id}"))["plan"] is { } plan && (string?)plan["status"] == status ? plan : null);
}
