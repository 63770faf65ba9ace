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
}
