namespace HotDash.Integrations;

/// <summary>Closed: calls go out. Open: none does. Half-open: a few go out, to see whether the provider is back.</summary>
public enum BreakerState { Closed, Open, HalfOpen }

/// <summary>The circuit breakers of this process, one per integration.</summary>
public interface IBreakers
{
    IReadOnlyCollection<Breaker> All { get; }

    /// <exception cref="KeyNotFoundException">No integration has this key.</exception>
    Breaker this[string integration] { get; }

    /// <summary>From now on each change is told, on the thread of the call that caused it: the observer must neither block nor throw.</summary>
    void Subscribe(Action<BreakerChange> observer);

    /// <summary>Closes the breaker, whatever it was. An unknown key is ignored: another process may have more integrations.</summary>
    void Reset(string integration);
}

/// <summary>One change of one breaker in one process.</summary>
public sealed record BreakerChange(string Integration, BreakerState From, BreakerState To, DateTimeOffset At);
