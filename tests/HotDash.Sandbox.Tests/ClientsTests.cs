using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Supabase;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests;

/// <summary>HotDash's own clients, over real HTTP, with things going wrong.</summary>
public sealed class ClientsTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_ideas_come_page_by_page_and_each_once()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var supabase = clients.GetRequiredService<SupabaseClient>();

        var ideas = new List<Idea>();
        IdeaPage? page = null;
        do
        {
            page = await supabase.ListIdeasAsync(new(), page?.Next, 5, Cancellation);
            ideas.AddRange(page.Items);
        }
        while (page.Next is not null);

        Assert.Equal(24, ideas.DistinctBy(idea => idea.Id).Count());
        Assert.Equal(ideas.OrderByDescending(idea => idea.CreatedAt).ThenByDescending(idea => idea.Id, StringComparer.Ordinal), ideas);
        Assert.Equal(new IdeaTotals(24, Count(IdeaStatus.PendingReview), Count(IdeaStatus.Draft), Count(IdeaStatus.Approved), Count(IdeaStatus.Rejected)), page.Totals);

        int Count(IdeaStatus status) => ideas.Count(idea => idea.Status == status);
    }

    [Theory]
    [InlineData("""100% "sure", (really)""")]
    [InlineData("under_score")]
    [InlineData("""back\slash""")]
    [InlineData("star*")]
    [InlineData("a.b:c,d")]
    [InlineData("ümlaut & more=1#")]
    public async Task An_idea_is_found_by_what_it_is_called(string title)
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var supabase = clients.GetRequiredService<SupabaseClient>();

        await supabase.CreateIdeaAsync(New("mine") with { Title = $"Before {title} after" }, Cancellation);
        var found = await supabase.ListIdeasAsync(new(Text: title.ToUpperInvariant()), null, 10, Cancellation);

        Assert.Equal("mine", Assert.Single(found.Items).Id);
        Assert.Equal(1, found.Totals.Total);
    }

    [Fact]
    public async Task An_idea_whose_answer_was_lost_is_added_once_by_adding_it_again()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var supabase = clients.GetRequiredService<SupabaseClient>();
        await sandbox.FaultAsync(new { provider = "supabase", kind = "lost-answer", method = "POST", count = 1 });

        var lost = await Assert.ThrowsAsync<NetworkException>(() => supabase.CreateIdeaAsync(New("mine"), Cancellation));
        var again = await supabase.CreateIdeaAsync(New("mine"), Cancellation);

        Assert.True(lost.OutcomeUnknown);
        Assert.Equal("mine", again.Id);
        Assert.Single((await sandbox.Supabase.GetStringAsync("idea_pool?id=eq.mine&select=id", Cancellation)).Split("mine"), part => part.StartsWith('"'));
    }

    [Fact]
    public async Task A_review_is_written_and_an_unknown_idea_is_null()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var supabase = clients.GetRequiredService<SupabaseClient>();

        var idea = await supabase.ReviewIdeaAsync("idea-003", IdeaStatus.Rejected, "ada", Cancellation);

        Assert.Equal((IdeaStatus.Rejected, "ada"), (idea!.Status, idea.Reviewer));
        Assert.Null(await supabase.ReviewIdeaAsync("none", IdeaStatus.Approved, "ada", Cancellation));
    }

    [Fact]
    public async Task Receipts_saved_twice_are_there_once()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var supabase = clients.GetRequiredService<SupabaseClient>();
        SocialReceipt[] receipts = [new("job-1", null, "complete", "acc-1", null, null, DateTimeOffset.UnixEpoch), new("job-1", "p", "failed", "acc-2", null, "Too long", DateTimeOffset.UnixEpoch)];

        await supabase.SaveReceiptsAsync(receipts, Cancellation);
        await supabase.SaveReceiptsAsync(receipts, Cancellation);

        Assert.Equal("""[{"account_id":"acc-1"},{"account_id":"acc-2"}]""", await sandbox.Supabase.GetStringAsync("social_receipts?select=account_id", Cancellation));
        Assert.Equal(5, (await supabase.ListExperimentsAsync(Cancellation)).Count);
    }

    [Theory]
    [InlineData("flat", "array")]
    [InlineData("wrapped", "object")]
    [InlineData("flat", "lists")]
    public async Task A_post_goes_through_and_its_failures_are_told(string replyShape, string failureShape)
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var publer = clients.GetRequiredService<PublerClient>();
        var accounts = await publer.ListAccountsAsync(Cancellation);
        await sandbox.SettingsAsync(new
        {
            publer = new { replyShape, failureShape, failAccounts = new Dictionary<string, string>(StringComparer.Ordinal) { [accounts[1].Id] = "No picture" } },
        });

        var id = await publer.SubmitAsync([new("Hello", accounts, null)], Cancellation);
        var working = await publer.GetJobAsync(id, Cancellation);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        var done = await publer.GetJobAsync(id, Cancellation);
        var posts = await publer.ListPostsAsync(sandbox.Clock.GetUtcNow(), sandbox.Clock.GetUtcNow(), Cancellation).FirstAsync(Cancellation);

        Assert.Equal((PublerJobState.Working, PublerJobState.Complete), (working.State, done.State));
        Assert.Equal(new PublerJobFailure(accounts[1].Id, accounts[1].Name, accounts[1].Provider, "No picture"), Assert.Single(done.Failures));
        Assert.Equal(3, posts.Count);
        Assert.All(posts, post => Assert.Equal(("Hello", "published"), (post.Text, post.State)));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task A_submission_whose_answer_was_lost_is_unknown_and_can_be_looked_up()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients(Attempts.Several);
        var publer = clients.GetRequiredService<PublerClient>();
        var accounts = await publer.ListAccountsAsync(Cancellation);
        await sandbox.FaultAsync(new { provider = "publer", kind = "lost-answer", method = "POST" });

        var lost = await Assert.ThrowsAsync<NetworkException>(() => publer.SubmitAsync([new("Only once", [accounts[2]], null)], Cancellation));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        var posts = await publer.ListPostsAsync(sandbox.Clock.GetUtcNow(), sandbox.Clock.GetUtcNow(), Cancellation).FirstAsync(Cancellation);

        Assert.True(lost.OutcomeUnknown);
        Assert.Equal(("Only once", accounts[2].Id), (Assert.Single(posts).Text, posts[0].AccountId));
        Assert.Single(await sandbox.LedgerAsync("publer", "job.accepted"));
    }

    [Theory]
    [InlineData("""{"kind":"reset"}""", IntegrationCodes.Network)]
    [InlineData("""{"kind":"timeout"}""", IntegrationCodes.Timeout)]
    [InlineData("""{"kind":"slow-body","delay":"1h"}""", IntegrationCodes.Timeout)]
    [InlineData("""{"kind":"truncated-json"}""", IntegrationCodes.UnexpectedReply)]
    [InlineData("""{"kind":"wrong-json"}""", IntegrationCodes.UnexpectedReply)]
    [InlineData("""{"kind":"html"}""", IntegrationCodes.UnexpectedReply)]
    [InlineData("""{"kind":"status","status":502}""", IntegrationCodes.Unavailable)]
    [InlineData("""{"kind":"status","status":302,"headers":{"Location":"/publer/api/v1/users/me"}}""", IntegrationCodes.UnexpectedReply)]
    public async Task Every_fault_has_its_name(string fault, string code)
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients(settings: ("Integrations:publer:Timeouts:Attempt", "300ms"));
        var publer = clients.GetRequiredService<PublerClient>();
        await sandbox.FaultAsync(System.Text.Json.Nodes.JsonNode.Parse(fault.Replace("{\"kind\"", "{\"provider\":\"publer\",\"kind\"", StringComparison.Ordinal))!);

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => publer.SubmitAsync([new("Hello", [new("a", "twitter", "A")], null)], Cancellation));

        Assert.Equal((code, true), (failure.Code, failure.OutcomeUnknown));
        Assert.DoesNotContain(SandboxUnderTest.Key, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throttled_call_says_when_the_window_ends()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Integrations:Limits:publer", "1/90s"));
        await using var clients = sandbox.Clients();
        var publer = clients.GetRequiredService<PublerClient>();
        await publer.ListAccountsAsync(Cancellation);

        var throttled = await Assert.ThrowsAsync<RateLimitException>(() => publer.ListAccountsAsync(Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(90), throttled.RetryAfter);
    }

    private static NewIdea New(string id) => new(id, "Mine", IdeaStatus.Draft, null, null, IdeaPriority.Low, null);
}
