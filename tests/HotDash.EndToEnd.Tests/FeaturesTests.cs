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
        var answer = await _client.GetAsync("/api/analytics/idea-pool?limit=2");

        Assert.Equal("supabase", (string?)answer["source"]);
        Assert.Empty(answer["warnings"]!.AsArray());
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
        var answer = await _client.GetAsync(path);

        Assert.Equal((source, "[]"), ((string?)answer["source"], answer["warnings"]!.ToJsonString()));
        Assert.NotNull(answer["data"]);
    }
}
