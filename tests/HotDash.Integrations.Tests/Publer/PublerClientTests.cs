using System.Net;

using HotDash.Integrations.Publer;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Publer;

public sealed class PublerClientTests
{
    private static readonly PublerAccount Facebook = new("acc-1", "facebook", "Shop on Facebook");
    private static readonly PublerAccount Twitter = new("acc-2", "twitter", "Shop on X");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_carries_the_key_and_the_workspace()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.OK, "[]");
        await using var wired = new Wired(provider);

        await wired.Get<PublerClient>().ListAccountsAsync(Cancellation);

        var request = Assert.Single(provider.Requests);
        Assert.Equal("/base/api/v1/accounts", request.Address.PathAndQuery);
        Assert.Equal($"Bearer-API {PublerContractTests.ApiKey}", request.Headers["Authorization"]);
        Assert.Equal("workspace-1", request.Headers["Publer-Workspace-Id"]);
    }

    [Fact]
    public async Task Posts_without_a_time_are_published_at_once()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.OK, """{"job_id":"job-1"}""");
        await using var wired = new Wired(provider);

        var job = await wired.Get<PublerClient>().SubmitAsync([new("Hello", [Facebook, Twitter], null)], Cancellation);

        Assert.Equal("job-1", job);
        var request = Assert.Single(provider.Requests);
        Assert.Equal("/base/api/v1/posts/schedule/publish", request.Address.PathAndQuery);
        Assert.Equal(
            """{"bulk":{"state":"scheduled","posts":[{"networks":{"facebook":{"type":"status","text":"Hello"},"twitter":{"type":"status","text":"Hello"}},"accounts":[{"id":"acc-1"},{"id":"acc-2"}]}]}}""",
            request.Body);
    }

    [Fact]
    public async Task A_scheduled_post_gives_its_time_to_each_account()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.OK, """{"success":true,"data":{"job_id":"job-2"}}""");
        await using var wired = new Wired(provider);
        var time = new DateTimeOffset(2026, 4, 1, 10, 30, 0, TimeSpan.FromHours(2));

        var job = await wired.Get<PublerClient>().SubmitAsync([new("Later", [Twitter], time)], Cancellation);

        Assert.Equal("job-2", job);
        var request = Assert.Single(provider.Requests);
        Assert.Equal("/base/api/v1/posts/schedule", request.Address.PathAndQuery);
        Assert.Contains("""{"id":"acc-2","scheduled_at":"2026-04-01T08:30:00Z"}""", request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Posts_for_now_and_for_later_do_not_go_into_one_call()
    {
        var provider = new StubProvider();
        await using var wired = new Wired(provider);

        await Assert.ThrowsAsync<ArgumentException>(() =>
            wired.Get<PublerClient>().SubmitAsync([new("Now", [Twitter], null), new("Later", [Twitter], FixedClock.Now)], Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => wired.Get<PublerClient>().SubmitAsync([], Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => wired.Get<PublerClient>().SubmitAsync(
            [.. Enumerable.Repeat(new PublerPost("Many", [Twitter], null), PublerClient.MaxPostsPerCall + 1)], Cancellation));

        Assert.Empty(provider.Requests);
    }

    [Theory]
    [InlineData("""{"status":"working"}""", PublerJobState.Working)]
    [InlineData("""{"status":"queued","payload":{}}""", PublerJobState.Working)]
    [InlineData("""{"status":"complete","payload":{"failures":{}}}""", PublerJobState.Complete)]
    [InlineData("""{"status":"completed","payload":{"failures":[]}}""", PublerJobState.Complete)]
    [InlineData("""{"status":"complete","payload":{"failures":null}}""", PublerJobState.Complete)]
    [InlineData("""{"status":"failed"}""", PublerJobState.Failed)]
    [InlineData("""{"success":true,"data":{"status":"working","result":{"status":"working"}}}""", PublerJobState.Working)]
    [InlineData("""{"success":true,"data":{"status":"complete","result":{"status":"complete","payload":{"failures":{}},"plan":{"rate":"business","locked":false}}}}""", PublerJobState.Complete)]
    [InlineData("""{"success":true,"data":{"status":"failed","result":null}}""", PublerJobState.Failed)]
    public async Task A_job_is_read_in_both_shapes(string reply, PublerJobState state)
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, reply));

        var job = await wired.Get<PublerClient>().GetJobAsync("job-1", Cancellation);

        Assert.Equal(state, job.State);
        Assert.Empty(job.Failures);
    }

    [Theory]
    [InlineData("""[{"account_id":"acc-1","account_name":"Shop","provider":"facebook","message":"Too long"}]""")]
    [InlineData("""{"acc-1":[{"account_id":"acc-1","account_name":"Shop","provider":"facebook","message":"Too long"}]}""")]
    [InlineData("""{"0":{"account_id":"acc-1","account_name":"Shop","provider":"facebook","message":"Too long"}}""")]
    public async Task Failures_are_read_in_every_shape(string failures)
    {
        var flat = $$$"""{"status":"complete","payload":{"failures":{{{failures}}} } }""";
        var wrapped = $$$"""{"success":true,"data":{"status":"complete","result":{"payload":{"failures":{{{failures}}} } } } }""";
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, flat).AlwaysReplies(HttpStatusCode.OK, wrapped));

        var jobs = new[] { await wired.Get<PublerClient>().GetJobAsync("job-1", Cancellation), await wired.Get<PublerClient>().GetJobAsync("job-1", Cancellation) };

        Assert.All(jobs, job =>
        {
            Assert.Equal(PublerJobState.Complete, job.State);
            Assert.Equal(new PublerJobFailure("acc-1", "Shop", "facebook", "Too long"), Assert.Single(job.Failures));
        });
    }

    [Theory]
    [InlineData("""{"status":"complete","payload":{"failures":7}}""")]
    [InlineData("""{"status":"complete","payload":{"failures":[null]}}""")]
    [InlineData("""{"status":"complete","payload":{"failures":{"acc-1":false}}}""")]
    [InlineData("""{"status":""}""")]
    [InlineData("""{"data":{"state":"complete"}}""")]
    public async Task Failures_that_cannot_be_read_never_pass_for_success(string reply)
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, reply));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<PublerClient>().GetJobAsync("job-1", Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Fact]
    public async Task All_pages_of_posts_are_read_from_page_0_on()
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, Page("post-1")).AlwaysReplies(HttpStatusCode.OK, Page("post-2"));
        await using var wired = new Wired(provider);

        var pages = await wired.Get<PublerClient>().ListPostsAsync(FixedClock.Now, FixedClock.Now.AddHours(13), Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["post-1", "post-2"], pages.Select(page => Assert.Single(page).Id));
        Assert.Equal(["/base/api/v1/posts?state=all&from=2026-03-01&to=2026-03-03&page=0", "/base/api/v1/posts?state=all&from=2026-03-01&to=2026-03-03&page=1"],
            provider.Requests.Select(request => request.Address.PathAndQuery));
        Assert.Equal(new("post-1", "Hello", "acc-1", "published", FixedClock.Now, null, "https://social.example/1"), pages[0][0]);
    }

    [Fact]
    public async Task A_page_that_fails_is_asked_for_again_but_the_first_one_only_by_whoever_wants_the_list_again()
    {
        var provider = new StubProvider()
            .Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.OK, Page("post-1"))
            .Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.OK, Page("post-2"));
        await using var wired = new Wired(provider, Attempts.One, clock: TimeProvider.System, settings: ("Integrations:publer:Retry:InitialBackoff", "1ms"));
        var publer = wired.Get<PublerClient>();

        await Assert.ThrowsAsync<IntegrationException>(() => publer.ListPostsAsync(FixedClock.Now, FixedClock.Now, Cancellation).FirstAsync(Cancellation).AsTask());
        var pages = await publer.ListPostsAsync(FixedClock.Now, FixedClock.Now, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["post-1", "post-2"], pages.Select(page => Assert.Single(page).Id));
        Assert.Equal(4, provider.Requests.Count);
    }

    [Fact]
    public async Task A_list_that_never_ends_is_a_failure_and_not_a_short_list()
    {
        var endless = Page("post-1").Replace("\"total_pages\":2", "\"total_pages\":2000000", StringComparison.Ordinal);
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, endless));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() =>
            wired.Get<PublerClient>().ListPostsAsync(FixedClock.Now, FixedClock.Now, Cancellation).FirstAsync(Cancellation).AsTask());

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    private static string Page(string id) =>
        $$"""
        {"posts":[{"id":"{{id}}","text":"Hello","account_id":"acc-1","state":"published","scheduled_at":"2026-03-01T12:00:00.000Z","post_link":"https://social.example/1"}],"total":2,"page":0,"per_page":1,"total_pages":2}
        """;
}
