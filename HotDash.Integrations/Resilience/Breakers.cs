namespace HotDash.Integrations;

internal sealed class Breakers : IBreakers
{
    private readonly Dictionary<string, Breaker> _breakers;
    private Action<BreakerChange>? _observers;

    public Breakers(IEnumerable<IntegrationOptions> integrations, TimeProvider clock) => _breakers = integrations.ToDictionary(
        options => options.Key,
        options => new Breaker(options.Key, options.Resilience.CircuitBreaker, clock, change => _observers?.Invoke(change)),
        StringComparer.Ordinal);

    public IReadOnlyCollection<Breaker> All => _breakers.Values;

    public Breaker this[string integration] => _breakers[integration];

    public void Subscribe(Action<BreakerChange> observer)
    {
        lock (_breakers)
            _observers += observer;
    }

    public void Reset(string integration) => _breakers.GetValueOrDefault(integration)?.Reset();
}
