using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Resilience;

public sealed class BreakerTests
{
    private static readonly TimeSpan Open = TimeSpan.FromSeconds(60);

    private readonly ManualTimeProvider _clock = new();
    private readonly List<BreakerChange> _changes = [];
    private readonly Breaker _breaker;

    public BreakerTests() => _breaker = new(
        "publer", new() { FailureThreshold = 3, OpenDuration = Open, HalfOpenMaxAttempts = 2 }, _clock, _changes.Add);

    [Fact]
    public void It_opens_after_so_many_failures_in_a_row()
    {
        Fail(2);
        var before = _breaker.State;
        Fail(1);

        Assert.Equal((BreakerState.Closed, BreakerState.Open), (before, _breaker.State));
        Assert.Null(_breaker.TryEnter());
        Assert.Equal(Open, _breaker.RefusesFor);
    }

    [Fact]
    public void A_success_in_between_starts_the_count_again()
    {
        Fail(2);
        _breaker.Succeeded(Enter());
        Fail(2);

        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public void What_says_nothing_about_the_provider_neither_counts_nor_starts_again()
    {
        Fail(2);
        _breaker.Abandoned(Enter());
        Fail(1);

        Assert.Equal(BreakerState.Open, _breaker.State);
    }

    [Fact]
    public void It_refuses_until_its_time_is_over()
    {
        Fail(3);

        _clock.Advance(Open - TimeSpan.FromSeconds(1));
        var last = _breaker.RefusesFor;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), last);
        Assert.Null(_breaker.RefusesFor);
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
    }

    [Fact]
    public void It_lets_a_few_through_then_and_closes_when_all_of_them_succeed()
    {
        Fail(3);
        _clock.Advance(Open);

        var (first, second, third) = (_breaker.TryEnter(), _breaker.TryEnter(), _breaker.TryEnter());
        _breaker.Succeeded(first!);
        var halfway = _breaker.State;
        _breaker.Succeeded(second!);

        Assert.Null(third);
        Assert.Equal((BreakerState.HalfOpen, BreakerState.Closed), (halfway, _breaker.State));
    }

    [Fact]
    public void One_failure_then_opens_it_for_the_whole_time_again()
    {
        Fail(3);
        _clock.Advance(Open);

        _breaker.Succeeded(Enter());
        Fail(1);

        Assert.Equal(Open, _breaker.RefusesFor);
    }

    [Fact]
    public void A_probe_that_was_cancelled_leaves_its_place_to_another()
    {
        Fail(3);
        _clock.Advance(Open);
        var (cancelled, _) = (Enter(), Enter());

        _breaker.Abandoned(cancelled);

        Assert.NotNull(_breaker.TryEnter());
        Assert.Null(_breaker.TryEnter());
    }

    [Fact]
    public void Answers_from_before_the_outage_decide_nothing()
    {
        var (early, late) = (Enter(), Enter());
        Fail(3);
        _clock.Advance(Open);
        var probe = Enter();

        _breaker.Succeeded(early);
        _breaker.Succeeded(early);
        _breaker.Failed(late);

        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
        _breaker.Succeeded(probe);
        _breaker.Succeeded(Enter());
        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public void A_reset_closes_it_at_once_and_forgets_the_failures()
    {
        Fail(3);

        _breaker.Reset();
        Fail(2);

        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public void Every_change_is_told_once()
    {
        Fail(3);
        _clock.Advance(Open);
        _breaker.Succeeded(Enter());
        _breaker.Succeeded(Enter());
        _breaker.Reset();

        Assert.Equal(
            [(BreakerState.Closed, BreakerState.Open), (BreakerState.Open, BreakerState.HalfOpen), (BreakerState.HalfOpen, BreakerState.Closed)],
            _changes.Select(change => (change.From, change.To)));
        Assert.All(_changes, change => Assert.Equal("publer", change.Integration));
    }

    [Fact]
    public async Task Many_at_once_get_exactly_as_many_probes_as_there_are()
    {
        Fail(3);
        _clock.Advance(Open);

        var entered = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(_breaker.TryEnter)));

        Assert.Equal(2, entered.Count(phase => phase is not null));
    }

    private Breaker.Phase Enter() => _breaker.TryEnter() ?? throw new InvalidOperationException("The breaker refused.");

    private void Fail(int times)
    {
        for (var failure = 0; failure < times; failure++)
            _breaker.Failed(Enter());
    }
}
