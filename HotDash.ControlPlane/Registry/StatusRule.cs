using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Budgets;
using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Registry;

/// <summary>The one place where a status comes from. What a person decided comes first, then what certainly fails, then what was seen.</summary>
internal static class StatusRule
{
    /// <summary>One that failed is left alone for as long as its breaker would. So long after that it is plain that nobody looks any more.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(4);

    public static Standing Of(IntegrationOptions integration, PauseView? pause, FleetBreaker? breaker, BudgetView? budget, LastHealth? health) =>
        Decided(integration, pause)
        ?? Refusing(integration, pause, breaker)
        ?? Failing(Recent(integration, health))
        ?? Throttled(integration, budget, Recent(integration, health))
        ?? Seen(Recent(integration, health), health);

    private static Standing? Decided(IntegrationOptions integration, PauseView? pause) => (integration.Overall, pause) switch
    {
        (IntegrationState.Mock or IntegrationState.Disabled, _) =>
            new(IntegrationStatus.Disabled, null, "it is switched off", Remedies.For(IntegrationCodes.IntegrationDisabled, integration)),
        (_, { ByPerson: true }) => new(
            IntegrationStatus.Disconnected, pause.PausedAt, $"{pause.PausedBy}: {pause.Reason}",
            $"To have it called, POST /api/integrations/{integration.Key}/connect."),
        _ => null,
    };

    private static Standing? Refusing(IntegrationOptions integration, PauseView? pause, FleetBreaker? breaker) => (integration.Overall, pause, breaker) switch
    {
        (IntegrationState.CredentialsMissing, _, _) => Error(
            null, $"{string.Join(" and ", integration.MissingCredentials)} not set", Remedies.For(IntegrationCodes.CredentialsMissing, integration)),
        (_, { } paused, _) => Error(paused.PausedAt, $"calls are paused: {paused.Reason}", Remedies.For(IntegrationCodes.IntegrationPaused, integration)),
        (_, _, { State: BreakerState.Open }) => Error(
            null, "calls are not sent: too many failed in a row", Remedies.For(IntegrationCodes.CircuitOpen, integration)),
        _ => null,
    };

    private static Standing? Failing(LastHealth? health) => health is { Health.Problem: { Failure: not IntegrationCodes.RateLimited } problem } seen
        ? Error(seen.Since, $"{problem.Probe}: {problem.Happened}", problem.ToDo)
        : null;

    private static Standing? Throttled(IntegrationOptions integration, BudgetView? budget, LastHealth? health) =>
        budget is { Left: 0 } || health is { Health.Problem: not null }
            ? new(IntegrationStatus.RateLimited, null, "its limit is used up", Remedies.For(IntegrationCodes.RateLimited, integration))
            : null;

    private static Standing Seen(LastHealth? recent, LastHealth? old) => (recent, old) switch
    {
        ({ Since: var since }, _) => new(IntegrationStatus.Connected, since),
        (_, { CheckedAt: var since }) => new(
            IntegrationStatus.Connecting, since, "nobody has looked at it for a while", "Look whether the pollers run, or check it."),
        _ => new(IntegrationStatus.Connecting, null, "nobody has looked at it yet", "Wait a minute, or check it."),
    };

    private static LastHealth? Recent(IntegrationOptions integration, LastHealth? health) =>
        health?.Age < integration.Resilience.CircuitBreaker.OpenDuration + Grace ? health : null;

    private static Standing Error(DateTimeOffset? since, string reason, string? toDo) => new(IntegrationStatus.Error, since, reason, toDo);
}
