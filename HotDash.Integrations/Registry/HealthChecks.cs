namespace HotDash.Integrations;

/// <summary>
/// Asks providers how they are, with calls of their own: tried once, counted apart (<see cref="OutcomeSources.Health"/>), whatever pauses
/// and breakers say and without a word to them, but within the provider's limit.
/// </summary>
public sealed class HealthChecks(IEnumerable<HealthProbe> probes, IServiceProvider services, TimeProvider clock)
{
    /// <param name="integration">One that is live, or whose credentials are missing.</param>
    public async Task<IntegrationHealth> CheckAsync(IntegrationOptions integration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(integration);
        var results = new List<ProbeResult>();
        var stopped = false;
        foreach (var probe in probes.Where(probe => probe.Integration == integration.Key))
        {
            var (result, scope) = stopped ? (NotAsked(probe), FailureScope.Call) : await AskAsync(integration, probe, ct);
            results.Add(result);
            stopped |= scope is FailureScope.Integration;
        }

        return new(integration.Key, results);
    }

    private async Task<(ProbeResult Result, FailureScope Scope)> AskAsync(IntegrationOptions integration, HealthProbe probe, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        try
        {
            await probe.AskAsync(services, ct);
            return (new(probe.Passes, ProbeOutcome.Ok, clock.GetElapsedTime(began)), FailureScope.Call);
        }
        catch (IntegrationException e)
        {
            return (new(probe.Fails, ProbeOutcome.Failed, clock.GetElapsedTime(began), e.Code, e.Summary, Remedies.For(e.Code, integration)), e.Scope);
        }
    }

    private static ProbeResult NotAsked(HealthProbe probe) => new(probe.Passes, ProbeOutcome.NotAsked, TimeSpan.Zero);
}
