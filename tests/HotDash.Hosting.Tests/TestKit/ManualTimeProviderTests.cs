using HotDash.TestKit;

namespace HotDash.Hosting.Tests.TestKit;

public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delay_ends_when_its_time_has_passed_and_not_before()
    {
        var delay = Task.Delay(Minute, _clock, Ct);

        _clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));
        await delay;
    }

    [Fact]
    public void A_periodic_timer_runs_at_its_own_times()
    {
        var start = _clock.GetUtcNow();
        var ran = new List<TimeSpan>();
        using var timer = _clock.CreateTimer(_ => ran.Add(_clock.GetUtcNow() - start), null, Minute, 2 * Minute);

        _clock.Advance(6 * Minute);

        Assert.Equal([Minute, 3 * Minute, 5 * Minute], ran);
        Assert.Equal(6 * Minute, _clock.GetUtcNow() - start);
    }

    [Fact]
    public void A_disposed_timer_runs_no_more()
    {
        var runs = 0;
        var timer = _clock.CreateTimer(_ => runs++, null, Minute, Minute);
        _clock.Advance(Minute);

        timer.Dispose();
        _clock.Advance(10 * Minute);

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Time_passes_once_something_waits_for_exactly_this_long()
    {
        var passing = _clock.PassAsync(Minute, Ct);
        _ = Task.Delay(2 * Minute, _clock, Ct);
        Assert.False(passing.IsCompleted);

        var delay = Task.Delay(Minute, _clock, Ct);

        await passing;
        await delay;
    }

    [Fact]
    public void A_time_out_cancels_and_elapsed_time_is_measured_by_this_clock()
    {
        var begun = _clock.GetTimestamp();
        using var timeOut = new CancellationTokenSource(Minute, _clock);

        _clock.Advance(Minute);

        Assert.True(timeOut.IsCancellationRequested);
        Assert.Equal(Minute, _clock.GetElapsedTime(begun));
    }
}
