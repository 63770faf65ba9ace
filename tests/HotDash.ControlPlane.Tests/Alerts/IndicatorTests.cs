using HotDash.ControlPlane.Alerts;
using HotDash.Integrations;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Alerts;

public sealed class IndicatorTests(PostgresFixture postgres) : AlertTest(postgres)
{
    [Fact]
    public async Task Calls_are_measured_by_how_they_ended()
    {
        await CallAsync("chatwoot", 1, (OutcomeKind.Ok, 85), (OutcomeKind.RateLimited, 5), (OutcomeKind.Unavailable, 3), (OutcomeKind.NotFound, 7), (OutcomeKind.IntegrationPaused, 50));
        await CallAsync("chatwoot", 60, (OutcomeKind.Ok, 1000)); // before the window
        await CallAsync(OutcomeSources.Health, 1, (OutcomeKind.Unauthorized, 2), (OutcomeKind.Ok, 8));

        var measured = await MeasureAsync();

        Assert.Equal(new("chatwoot", 0.08, 100), measured["integration-errors"]);
        Assert.Equal(new("chatwoot", 0.05, 100), measured["rate-limited"]);
        Assert.Equal(new("chatwoot", 2, 110), measured["refused-credentials"]);
        Assert.Equal(3, measured.Count);
    }

    [Fact]
    public async Task Answers_are_measured_by_where_they_came_from_and_distort_no_figure_of_calls()
    {
        await AnswerAsync("publer", 15);
        await AnswerAsync("snapshot", 3);
        await AnswerAsync("mock", 2);

        var measured = await MeasureAsync();

        Assert.Equal([KeyValuePair.Create("degraded-answers", new Measurement("publer", 0.25, 20))], measured);
    }

    [Fact]
    public async Task A_post_counts_when_it_was_published_in_time_or_can_be_no_more()
    {
        await PostAsync("complete", minutesAgo: 30, tookMinutes: 4, posts: 6);
        await PostAsync("complete", minutesAgo: 30, tookMinutes: 6, posts: 1);
        await PostAsync("failed", minutesAgo: 30, tookMinutes: 1, posts: 2);
        await PostAsync("processing", minutesAgo: 6, tookMinutes: null, posts: 1);
        await PostAsync("pending", minutesAgo: 4, tookMinutes: null, posts: 100); // may still be in time
        await PostAsync("failed", minutesAgo: 30, tookMinutes: 1, posts: 100, source: "mock");

        var measured = await MeasureAsync();

        Assert.Equal([KeyValuePair.Create("post-delivery", new Measurement("publer", 0.6, 10))], measured);
    }

    [Fact]
    public async Task Drafts_count_once_it_is_known_whether_they_became_replies()
    {
        await ApprovalAsync("support.reply", "sent", minutesAgo: 60, tookMinutes: 2, approvals: 6);
        await ApprovalAsync("support.reply", "rejected", minutesAgo: 60, tookMinutes: 2, approvals: 1);
        await ApprovalAsync("support.reply", "failed", minutesAgo: 60, tookMinutes: 2, approvals: 1);
        await ApprovalAsync("support.reply", "expired", minutesAgo: 1500, tookMinutes: 1440, approvals: 4);
        await ApprovalAsync("support.reply", "pending", minutesAgo: 3, tookMinutes: null, approvals: 100);
        await ApprovalAsync("support.reply", "approved", minutesAgo: 3, tookMinutes: 1, approvals: 100);
        await ApprovalAsync("support.reply", "unknown", minutesAgo: 3, tookMinutes: 1, approvals: 100);
        await ApprovalAsync("support.reply", "rejected", minutesAgo: 1500, tookMinutes: 30, approvals: 100); // before the window
        await ApprovalAsync("social.post", "rejected", minutesAgo: 60, tookMinutes: 2, approvals: 100);

        Assert.Equal(new("support.reply", 0.5, 12), (await MeasureAsync())["draft-conversion"]);
    }

    [Theory]
    [InlineData("support-approval-latency", "support.reply", 50)]
    [InlineData("inventory-approval-latency", "commerce.price", 1000)]
    [InlineData("growth-approval-latency", "social.post", 1000)]
    public async Task How_long_people_took_to_decide_is_told_by_the_slowest_and_by_what_still_waits(string indicator, string kind, double ago)
    {
        await ApprovalAsync(kind, "sent", minutesAgo: ago, tookMinutes: 10, approvals: 18);
        await ApprovalAsync(kind, "sent", minutesAgo: ago, tookMinutes: 0, approvals: 100, required: 0); // nobody decides about these
        await ApprovalAsync(kind, "rejected", minutesAgo: 3000, tookMinutes: 1500, approvals: 100); // before the window
        var before = (await MeasureAsync())[indicator];
        await ApprovalAsync(kind, "pending", minutesAgo: 1600, tookMinutes: null, approvals: 2);
        var now = (await MeasureAsync())[indicator];

        Assert.Equal((kind, 600, 18), (before.Subject, Math.Round(before.Value), before.Sample)); // two statements' clocks
        Assert.Equal((kind, 20), (now.Subject, now.Sample));
        Assert.InRange(now.Value, 1600 * 60, 1700 * 60);
    }

    [Fact]
    public async Task One_that_cannot_be_measured_keeps_no_other_from_being_measured_and_is_an_alert()
    {
        await CallAsync("chatwoot", 1, (OutcomeKind.Unauthorized, 1));
        await ScalarAsync<int?>("alter table social_posts rename to elsewhere");

        await CheckAsync(0);

        var readings = (await Reads(Store).MeasureAsync(null, null, Ct)).ToDictionary(reading => reading.Indicator.Name, reading => reading.Measurements);
        Assert.Null(readings["post-delivery"]);
        Assert.Equal([new Measurement("hotdash", 1, IndicatorList.All.Count - 1)], readings["unmeasured-indicators"]);
        Assert.Equal(
            ["refused-credentials", "unmeasured-indicators"], (await Alerts.ListAsync(new(), null, 9, Ct)).Items.Select(alert => alert.Indicator).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_topic_is_silent_compared_with_its_usual_gap_which_is_not_the_longest()
    {
        foreach (var minutesAgo in new[] { 400, 380, 360, 200, 190, 150, 149, 148 }) // gaps of 160 and 40 minutes, and shorter ones
            await DeliveryAsync("shopify", "orders/create", minutesAgo);
        foreach (var minutesAgo in new[] { 42, 41, 40 })
            await DeliveryAsync("chatwoot", "message_created", minutesAgo);
        await DeliveryAsync("chatwoot", "conversation_created", 30); // nothing is usual yet
        await DeliveryAsync("shopify", "orders/create", 5, backfilled: true); // we asked: nobody told us

        var reading = (await Reads(Store).MeasureAsync(null, null, Ct)).Single(reading => reading.Indicator.Name is "webhook-silence");

        Assert.Equal([("chatwoot/message_created", 4.0, 3), ("shopify/orders/create", 3.7, 8)], reading.Measurements!.Select(one => (one.Subject, Math.Round(one.Value, 2), one.Sample)));
        Assert.Equal(["/api/webhooks?source=shopify&topic=orders%2Fcreate", "/api/integrations/shopify"], reading.Indicator.LinksOf("shopify/orders/create"));
    }

    [Fact]
    public async Task Any_stretch_of_time_can_be_measured()
    {
        await CallAsync("chatwoot", 60, (OutcomeKind.Ok, 3), (OutcomeKind.Timeout, 1));
        await CallAsync("chatwoot", 30, (OutcomeKind.Ok, 100));
        await ApprovalAsync("support.reply", "sent", minutesAgo: 80, tookMinutes: 1, approvals: 1);
        await ApprovalAsync("support.reply", "rejected", minutesAgo: 100, tookMinutes: 80, approvals: 1); // it waited then
        await ApprovalAsync("support.reply", "rejected", minutesAgo: 30, tookMinutes: 1, approvals: 100);
        var now = DateTimeOffset.UtcNow;

        var measured = await MeasureAsync(now.AddMinutes(-90), now.AddMinutes(-45));

        Assert.Equal(new("chatwoot", 0.25, 4), measured["integration-errors"]);
        Assert.Equal(new("support.reply", 1, 1), measured["draft-conversion"]);
        Assert.Equal((55, 2), (Math.Round(measured["support-approval-latency"].Value / 60), measured["support-approval-latency"].Sample));
    }

    private async Task<Dictionary<string, Measurement>> MeasureAsync(DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        (await Reads(Store).MeasureAsync(from, to, Ct))
            .Where(reading => reading.Indicator != IndicatorList.Unmeasured)
            .SelectMany(reading => reading.Measurements!.Select(one => (reading.Indicator.Name, one)))
            .ToDictionary(one => one.Name, one => one.one);
}
