using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Budgets;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Registry;

/// <summary>Brings together what the parts of the fleet know of integrations.</summary>
internal sealed class FleetReads(PauseStore pauses, BreakerReads breakers, BudgetReads budgets, OutcomeReads outcomes, HealthStore health)
{
    public async Task<IReadOnlyList<IntegrationView>> ViewAsync(IReadOnlyList<IntegrationOptions> integrations, CancellationToken ct)
    {
        var paused = (await pauses.ListAsync(ct)).ToDictionary(pause => pause.Integration, StringComparer.Ordinal);
        var breaking = (await breakers.ListAsync(ct)).ToDictionary(breaker => breaker.Integration, StringComparer.Ordinal);
        var limits = (await budgets.ListAsync(ct)).ToDictionary(budget => budget.Integration, StringComparer.Ordinal);
        var calls = await outcomes.SummariseEachAsync(new(IntegrationRegistry.Span), ct);
        var seen = await health.ReadAsync(ct);

        return
        [
            .. integrations.Select(options => new IntegrationView(
                options,
                paused.GetValueOrDefault(options.Key),
                breaking.GetValueOrDefault(options.Key),
                limits.GetValueOrDefault(options.Key),
                calls.GetValueOrDefault(options.Key),
                seen.GetValueOrDefault(options.Key))),
        ];
    }
}
