namespace HotDash.Integrations;

/// <summary>
/// Opens after so many failures in a row, waits, lets a few calls through, and closes when all of those succeed. Calls report to
/// the phase that let them in, so a late answer from before an outage does not end it.
/// </summary>
public sealed class Breaker
{
    private static readonly TimeSpan WhileProbing = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CircuitBreakerOptions _options;
    private readonly TimeProvider _clock;
    private readonly Action<BreakerChange> _changed;
    private volatile Phase _phase = new(BreakerState.Closed, since: 0);

    internal Breaker(string integration, CircuitBreakerOptions options, TimeProvider clock, Action<BreakerChange> changed) =>
        (Integration, _options, _clock, _changed) = (integration, options, clock, changed);

    public string Integration { get; }

    /// <summary>An open breaker whose time is over is called half-open: the next call goes out.</summary>
    public BreakerState State => _phase is { State: BreakerState.Open } open && Left(open) <= TimeSpan.Zero ? BreakerState.HalfOpen : _phase.State;

    /// <summary>How long calls are refused yet; null when the next one would go out.</summary>
    public TimeSpan? RefusesFor => _phase switch
    {
        { State: BreakerState.Closed } => null,
        { State: BreakerState.Open } open => Left(open) is var left && left > TimeSpan.Zero ? left : null,
        var probing => probing.Admitted < _options.HalfOpenMaxAttempts ? null : WhileProbing,
    };

    /// <returns>What the call must report to, or null when it must not be sent.</returns>
    internal Phase? TryEnter() => _phase is { State: BreakerState.Closed } closed ? closed : TryProbe();

    internal void Succeeded(Phase entered)
    {
        if (entered.State is not BreakerState.Closed)
            Probed(entered);
        else if (entered.Failures is not 0)
            entered.Failures = 0;
    }

    internal void Failed(Phase entered) => Update(
        entered, current => current.State is BreakerState.HalfOpen || ++current.Failures >= _options.FailureThreshold ? BreakerState.Open : null);

    /// <summary>The call says nothing about the provider: it was cancelled, throttled or never sent.</summary>
    internal void Abandoned(Phase entered)
    {
        if (entered.State is not BreakerState.Closed)
            Update(entered, Leave);
    }

    internal void Reset() => Update(null, _ => BreakerState.Closed);

    private void Probed(Phase entered) =>
        Update(entered, current => ++current.Successes >= _options.HalfOpenMaxAttempts ? BreakerState.Closed : null);

    private Phase? TryProbe()
    {
        if (RefusesFor is not null)
            return null;

        if (_phase is { State: BreakerState.Open } open)
            Update(open, _ => BreakerState.HalfOpen);

        lock (_gate)
            return _phase switch
            {
                { State: BreakerState.Closed } closed => closed,
                { State: BreakerState.HalfOpen } probing when probing.Admitted < _options.HalfOpenMaxAttempts => Admit(probing),
                _ => null,
            };
    }

    private static Phase Admit(Phase probing)
    {
        probing.Admitted++;
        return probing;
    }

    private static BreakerState? Leave(Phase probing)
    {
        probing.Admitted--;
        return null;
    }

    /// <param name="entered">Nothing happens when this phase is over; null stands for whichever it is now.</param>
    private void Update(Phase? entered, Func<Phase, BreakerState?> next)
    {
        BreakerChange change;
        lock (_gate)
        {
            var current = _phase;
            if ((entered ?? current) != current || next(current) is not { } state)
                return;

            _phase = new(state, _clock.GetTimestamp());
            change = new(Integration, current.State, state, _clock.GetUtcNow());
        }

        if (change.From != change.To)
            _changed(change);
    }

    private TimeSpan Left(Phase open) => _options.OpenDuration - _clock.GetElapsedTime(open.Since);

    internal sealed class Phase(BreakerState state, long since)
    {
        public readonly BreakerState State = state;
        public readonly long Since = since;
        public volatile int Failures;
        public volatile int Admitted;
        public int Successes;
    }
}
