namespace HotDash.Integrations;

internal sealed class Breakers : IBreakers
{
    private readonly Dictionary<string, Breaker> breakers;
    private Action<BreakerChange>? observers;

    public Breakers(IEnumerable<IntegrationOptions> integrations, TimeProvider clock) => breakers = integrations.ToDictionary(
        options => options.Key,
        options => new Breaker(options.Key, options.Resilience.CircuitBreaker, clock, change => observers?.Invoke(change)),
        StringComparer.Ordinal);

    public IReadOnlyCollection<Breaker> All => breakers.Values;

    public Breaker this[string integration] => breakers[integration];

    public void Subscribe(Action<BreakerChange> observer)
    {
        lock (breakers)
            observers += observer;
    }

    public void Reset(string integration) => breakers.GetValueOrDefault(integration)?.Reset();
}
