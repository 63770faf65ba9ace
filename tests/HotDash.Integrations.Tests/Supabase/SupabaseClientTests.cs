using System.Net;

using HotDash.Integrations.Supabase;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Supabase;

public sealed class SupabaseClientTests
{
    private const string Idea =
        """{"id":"idea-1","title":"Bundle","status":"pending_review","rationale":null,"projected_impact":"+4 %","priority":"high","confidence":0.8,"created_at":"2026-02-01T10:00:00.123456+00:00","updated_at":"2026-02-01T10:00:00+00:00","reviewer":null}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_asks_for_one_row_more_and_ends_before_it()
    {
        var provider = Ideas($"[{Idea},{Idea.Replace("idea-1", "idea-0", StringComparison.Ordinal)}]");
        await using var wired = new Wired(provider);

        var page = await wired.Get<SupabaseClient>().ListIdeasAsync(new(), null, 1, Cancellation);

        Assert.Equal("idea-1", Assert.Single(page.Items).Id);
        Assert.Equal(new("idea-1", "Bundle", IdeaStatus.PendingReview, null, "+4 %", IdeaPriority.High, 0.8m,
            new(2026, 2, 1, 10, 0, 0, 123, 456, TimeSpan.Zero), new(2026, 2, 1, 10, 0, 0, TimeSpan.Zero), null), page.Items[0]);
        Assert.Equal(new(page.Items[0].CreatedAt, "idea-1"), page.Next);
        Assert.Contains("limit=2", provider.Requests.Single(request => request.Method is "GET").Address.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_page_has_no_next()
    {
        await using var wired = new Wired(Ideas($"[{Idea}]"));

        var page = await wired.Get<SupabaseClient>().ListIdeasAsync(new(), null, 1, Cancellation);

        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Totals_count_each_status_of_the_filter()
    {
        var provider = Ideas("[]");
        await using var wired = new Wired(provider);

        var all = await wired.Get<SupabaseClient>().ListIdeasAsync(new(Priority: IdeaPriority.Low), null, 10, Cancellation);
        var drafts = await wired.Get<SupabaseClient>().ListIdeasAsync(new(IdeaStatus.Draft), null, 10, Cancellation);

        Assert.Equal(new IdeaTotals(28, 7, 7, 7, 7), all.Totals);
        Assert.Equal(new IdeaTotals(7, 0, 7, 0, 0), drafts.Totals);
        var counts = provider.Requests.Where(request => request.Method is "HEAD").ToList();
        Assert.Equal(5, counts.Count);
        Assert.All(counts, count => Assert.Equal("count=exact", count.Headers["Prefer"]));
        Assert.Contains(counts, count => count.Address.PathAndQuery.Contains("status=eq.pending_review&priority=eq.low", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0-0/*")]
    [InlineData("")]
    public async Task A_count_that_is_not_there_is_unexpected(string range)
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, "[]", ("Content-Range", range)));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<SupabaseClient>().ListIdeasAsync(new(), null, 10, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Theory]
    [InlineData("plain", "(title.ilike.\"%plain%\",rationale.ilike.\"%plain%\")")]
    [InlineData("50%_off", """(title.ilike."%50\\%\\_off%",rationale.ilike."%50\\%\\_off%")""")]
    [InlineData("a,b).or(", """(title.ilike."%a,b).or(%",rationale.ilike."%a,b).or(%")""")]
    [InlineData("say \"hi\"", """(title.ilike."%say \"hi\"%",rationale.ilike."%say \"hi\"%")""")]
    [InlineData(@"back\slash", """(title.ilike."%back\\\\slash%",rationale.ilike."%back\\\\slash%")""")]
    [InlineData("5*", """(title.ilike."%5_%",rationale.ilike."%5_%")""")]
    [InlineData("a&limit=0#", """(title.ilike."%a&limit=0#%",rationale.ilike."%a&limit=0#%")""")]
    public async Task Whatever_a_person_searches_for_stays_text(string text, string filter)
    {
        var provider = Ideas("[]");
        await using var wired = new Wired(provider);

        await wired.Get<SupabaseClient>().ListIdeasAsync(new(Text: text), null, 10, Cancellation);

        Assert.All(provider.Requests, request => Assert.Contains($"or={Uri.EscapeDataString(filter)}", request.Address.PathAndQuery, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_page_begins_after_the_position_and_both_filters_hold()
    {
        var provider = Ideas("[]");
        await using var wired = new Wired(provider);

        await wired.Get<SupabaseClient>().ListIdeasAsync(new(Text: "x"), new(new(2026, 2, 1, 12, 0, 0, 123, 456, TimeSpan.FromHours(2)), "id,1"), 10, Cancellation);

        var address = Uri.UnescapeDataString(provider.Requests.Single(request => request.Method is "GET").Address.PathAndQuery);
        Assert.Contains("""&or=(created_at.lt."2026-02-01T10:00:00.123456Z",and(created_at.eq."2026-02-01T10:00:00.123456Z",id.lt."id,1"))""", address, StringComparison.Ordinal);
        Assert.Contains("?or=(title.ilike.", address, StringComparison.Ordinal);
        Assert.Contains("order=created_at.desc,id.desc", address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_idea_is_inserted_unless_it_is_there()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.Created, $"[{Idea}]");
        await using var wired = new Wired(provider);

        var idea = await wired.Get<SupabaseClient>().CreateIdeaAsync(New("idea-1"), Cancellation);

        Assert.Equal("idea-1", idea.Id);
        var request = Assert.Single(provider.Requests);
        Assert.StartsWith("/rest/v1/idea_pool?on_conflict=id&", request.Address.PathAndQuery, StringComparison.Ordinal);
        Assert.Equal("resolution=ignore-duplicates,return=representation", string.Concat(request.Headers["Prefer"].Where(c => c is not ' ')));
        Assert.Equal(
            """{"id":"idea-1","title":"Bundle","status":"draft","rationale":null,"projected_impact":null,"priority":"low","confidence":0.5}""",
            request.Body);
        Assert.Equal((SupabaseContractTests.ServiceKey, $"Bearer {SupabaseContractTests.ServiceKey}"), (request.Headers["apikey"], request.Headers["Authorization"]));
    }

    [Fact]
    public async Task An_idea_that_is_there_already_is_returned_as_it_is()
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, "[]").AlwaysReplies(HttpStatusCode.OK, $"[{Idea}]");
        await using var wired = new Wired(provider);

        var idea = await wired.Get<SupabaseClient>().CreateIdeaAsync(New("a&b"), Cancellation);

        Assert.Equal(IdeaStatus.PendingReview, idea.Status);
        Assert.StartsWith("/rest/v1/idea_pool?id=eq.a%26b&", provider.Requests[1].Address.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_changes_the_one_idea_and_an_unknown_id_is_null()
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, $"[{Idea}]").AlwaysReplies(HttpStatusCode.OK, "[]");
        await using var wired = new Wired(provider);

        var known = await wired.Get<SupabaseClient>().ReviewIdeaAsync("idea-1", IdeaStatus.Approved, "ada", Cancellation);
        var unknown = await wired.Get<SupabaseClient>().ReviewIdeaAsync("idea-2", IdeaStatus.Rejected, "ada", Cancellation);

        Assert.NotNull(known);
        Assert.Null(unknown);
        Assert.Equal(("PATCH", """{"status":"approved","reviewer":"ada","updated_at":"2026-03-01T12:00:00+00:00"}"""),
            (provider.Requests[0].Method, provider.Requests[0].Body));
        Assert.StartsWith("/rest/v1/idea_pool?id=eq.idea-1&", provider.Requests[0].Address.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_decision_is_a_review()
    {
        await using var wired = new Wired(new StubProvider());

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => wired.Get<SupabaseClient>().ReviewIdeaAsync("idea-1", IdeaStatus.Draft, "ada", Cancellation));
    }

    [Theory]
    [InlineData("\"status\":\"pending_review\"", "\"status\":\"new\"")]
    [InlineData("\"status\":\"pending_review\"", "\"status\":1")]
    [InlineData("\"title\":\"Bundle\"", "\"title\":null")]
    [InlineData("\"title\":\"Bundle\"", "\"name\":\"Bundle\"")]
    [InlineData("\"created_at\":\"2026-02-01T10:00:00.123456+00:00\"", "\"created_at\":\"yesterday\"")]
    public async Task A_row_that_is_not_as_agreed_is_unexpected(string agreed, string found)
    {
        var row = Idea.Replace(agreed, found, StringComparison.Ordinal);
        await using var wired = new Wired(Ideas($"[{row}]"));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<SupabaseClient>().ListIdeasAsync(new(), null, 10, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Fact]
    public async Task Receipts_replace_what_the_same_job_and_account_had()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.Created);
        await using var wired = new Wired(provider);

        await wired.Get<SupabaseClient>().SaveReceiptsAsync([], Cancellation);
        await wired.Get<SupabaseClient>().SaveReceiptsAsync([new("job-1", null, "complete", "acc-1", null, null, FixedClock.Now)], Cancellation);

        var request = Assert.Single(provider.Requests);
        Assert.Equal("/rest/v1/social_receipts?on_conflict=job_id%2Caccount_id", request.Address.PathAndQuery);
        Assert.Equal(
            """[{"job_id":"job-1","provider_job_id":null,"status":"complete","account_id":"acc-1","post_link":null,"error":null,"at":"2026-03-01T12:00:00+00:00"}]""",
            request.Body);
    }

    private static NewIdea New(string id) => new(id, "Bundle", IdeaStatus.Draft, null, null, IdeaPriority.Low, 0.5m);

    private static StubProvider Ideas(string rows) => new StubProvider().AlwaysReplies(HttpStatusCode.OK, rows, ("Content-Range", "0-1/7"));
}
