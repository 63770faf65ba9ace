using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Resilience;

public sealed class BreakerTests
{
    private static readonly TimeSpan Open = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider clock = new();
    private readonly List<BreakerChange> changes = [];
    private readonly Breaker breaker;

    public BreakerTests() => breaker = new(
        "publer", new() { FailureThreshold = 3, OpenDuration = Open, HalfOpenMaxAttempts = 2 }, clock, changes.Add);

    [Fact]
    public void It_opens_after_so_many_failures_in_a_row()
    {
        Fail(2);
        var before = breaker.State;
        Fail(1);

        Assert.Equal((BreakerState.Closed, BreakerState.Open), (before, breaker.State));
        Assert.Null(breaker.TryEnter());
        Assert.Equal(Open, breaker.RefusesFor);
    }

    [Fact]
    public void A_success_in_between_starts_the_count_again()
    {
        Fail(2);
        breaker.Succeeded(Enter());
        Fail(2);

        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void What_says_nothing_about_the_provider_neither_counts_nor_starts_again()
    {
        Fail(2);
        breaker.Abandoned(Enter());
        Fail(1);

        Assert.Equal(BreakerState.Open, breaker.State);
    }

    [Fact]
    public void It_refuses_until_its_time_is_over()
    {
        Fail(3);

        clock.Advance(Open - TimeSpan.FromSeconds(1));
        var last = breaker.RefusesFor;
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), last);
        Assert.Null(breaker.RefusesFor);
        Assert.Equal(BreakerState.HalfOpen, breaker.State);
    }

    [Fact]
    public void It_lets_a_few_through_then_and_closes_when_all_of_them_succeed()
    {
        Fail(3);
        clock.Advance(Open);

        var (first, second, third) = (breaker.TryEnter(), breaker.TryEnter(), breaker.TryEnter());
        breaker.Succeeded(first!);
        var halfway = breaker.State;
        breaker.Succeeded(second!);

        Assert.Null(third);
        Assert.Equal((BreakerState.HalfOpen, BreakerState.Closed), (halfway, breaker.State));
    }

    [Fact]
    public void One_failure_then_opens_it_for_the_whole_time_again()
    {
        Fail(3);
        clock.Advance(Open);

        breaker.Succeeded(Enter());
        Fail(1);

        Assert.Equal(Open, breaker.RefusesFor);
    }

    [Fact]
    public void A_probe_that_was_cancelled_leaves_its_place_to_another()
    {
        Fail(3);
        clock.Advance(Open);
        var (cancelled, _) = (Enter(), Enter());

        breaker.Abandoned(cancelled);

        Assert.NotNull(breaker.TryEnter());
        Assert.Null(breaker.TryEnter());
    }

    [Fact]
    public void Answers_from_before_the_outage_decide_nothing()
    {
        var (early, late) = (Enter(), Enter());
        Fail(3);
        clock.Advance(Open);
        var probe = Enter();

        breaker.Succeeded(early);
        breaker.Succeeded(early);
        breaker.Failed(late);

        Assert.Equal(BreakerState.HalfOpen, breaker.State);
        breaker.Succeeded(probe);
        breaker.Succeeded(Enter());
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void A_reset_closes_it_at_once_and_forgets_the_failures()
    {
        Fail(3);

        breaker.Reset();
        Fail(2);

        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void Every_change_is_told_once()
    {
        Fail(3);
        clock.Advance(Open);
        breaker.Succeeded(Enter());
        breaker.Succeeded(Enter());
        breaker.Reset();

        Assert.Equal(
            [(BreakerState.Closed, BreakerState.Open), (BreakerState.Open, BreakerState.HalfOpen), (BreakerState.HalfOpen, BreakerState.Closed)],
            changes.Select(change => (change.From, change.To)));
        Assert.All(changes, change => Assert.Equal("publer", change.Integration));
    }

    [Fact]
    public async Task Many_at_once_get_exactly_as_many_probes_as_there_are()
    {
        Fail(3);
        clock.Advance(Open);

        var entered = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(breaker.TryEnter)));

        Assert.Equal(2, entered.Count(phase => phase is not null));
    }

    private Breaker.Phase Enter() => breaker.TryEnter() ?? throw new InvalidOperationException("The breaker refused.");

    private void Fail(int times)
    {
        for (var failure = 0; failure < times; failure++)
            breaker.Failed(Enter());
    }
}
