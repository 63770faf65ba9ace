namespace HotDash.ServiceDefaults.Tests;

/// <summary>A clock that moves only when told to, and says when somebody waits for it.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);

        return timer;
    }

    /// <summary>Moves on by <paramref name="time"/> once something waits for exactly that long.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await WaitedForAsync(time);
        Advance(time);
    }

    public void Advance(TimeSpan time)
    {
        _now += time;
        List<ManualTimer> due;

        lock (_lock)
        {
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>Completes once a timer is due in exactly <paramref name="time"/>.</summary>
    public async Task WaitedForAsync(TimeSpan time)
    {
        while (true)
        {
            Task changed;

            lock (_lock)
            {
                if (_timers.Exists(timer => timer.Due - _now == time))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);

                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                }

                var changed = clock._changed;
                clock._changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                changed.SetResult();
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
