namespace HotDash.TestKit;

/// <summary>
/// A clock that stands still until a test moves it. Timers, <c>Task.Delay</c> and cancellation by time-out follow it, when they are given it.
/// </summary>
/// <param name="start">The first moment; noon of some day when nothing else matters.</param>
public sealed class ManualTimeProvider(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly List<(TimeSpan Wait, TaskCompletionSource Seen)> _watchers = [];
    private DateTimeOffset _now = start ?? new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock; what falls due on the way runs in order, each at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;

        while (TakeDue(until) is { } timer)
        {
            timer.Run();
        }

        lock (_gate)
        {
            _now = until;
        }
    }

    /// <summary>Returns once something waits for exactly this long. Its time has not begun to run then.</summary>
    public async Task WaitedForAsync(TimeSpan wait, CancellationToken ct)
    {
        Task seen;
        lock (_gate)
        {
            if (_timers.Exists(timer => timer.Wait == wait))
            {
                return;
            }

            var watcher = (wait, Seen: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _watchers.Add(watcher);
            seen = watcher.Seen.Task;
        }

        await seen.WaitAsync(ct);
    }

    /// <summary>Lets exactly this long pass, once something waits for it.</summary>
    public async Task PassAsync(TimeSpan wait, CancellationToken ct)
    {
        await WaitedForAsync(wait, ct);
        Advance(wait);
    }

    private Timer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var timer = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            if (timer is not null)
            {
                _now = timer.Due > _now ? timer.Due : _now;
                Schedule(timer, timer.Period, timer.Period);
            }

            return timer;
        }
    }

    private void Schedule(Timer timer, TimeSpan wait, TimeSpan period)
    {
        _timers.Remove(timer);
        if (wait < TimeSpan.Zero)
        {
            return;
        }

        (timer.Wait, timer.Period, timer.Due) = (wait, period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan, _now + wait);
        _timers.Add(timer);
        _watchers.FindAll(watcher => watcher.Wait == wait).ForEach(watcher => watcher.Seen.TrySetResult());
        _watchers.RemoveAll(watcher => watcher.Wait == wait);
    }

    private sealed class Timer(ManualTimeProvider clock, Action callback) : ITimer
    {
        public TimeSpan Wait { get; set; }

        public TimeSpan Period { get; set; }

        public DateTimeOffset Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock.Schedule(this, dueTime, period);
            }

            return true;
        }

        public void Run() => callback();

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
