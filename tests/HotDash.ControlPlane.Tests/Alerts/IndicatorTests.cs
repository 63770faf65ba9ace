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
    public async Task Any_stretch_of_time_can_be_measured()
    {
        await CallAsync("chatwoot", 60, (OutcomeKind.Ok, 3), (OutcomeKind.Timeout, 1));
        await CallAsync("chatwoot", 30, (OutcomeKind.Ok, 100));
        var now = DateTimeOffset.UtcNow;

        var measured = await MeasureAsync(now.AddMinutes(-90), now.AddMinutes(-45));

        Assert.Equal(new("chatwoot", 0.25, 4), measured["integration-errors"]);
    }

    private async Task<Dictionary<string, Measurement>> MeasureAsync(DateTimeOffset? from = null, DateTimeOffset? to = null) =>
        (await new IndicatorReads(Store, Options).MeasureAsync(from, to, Ct))
            .SelectMany(reading => reading.Measurements.Select(one => (reading.Indicator.Name, one)))
            .ToDictionary(one => one.Name, one => one.one);
}
