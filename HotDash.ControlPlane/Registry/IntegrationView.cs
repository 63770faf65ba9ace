using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Budgets;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Registry;

/// <summary>A status, with what a person wants to know about it.</summary>
/// <param name="Since">When it became so; null where nothing tells.</param>
/// <param name="Reason">Null when all is well.</param>
/// <param name="ToDo">The one thing to do about it.</param>
public sealed record Standing(IntegrationStatus Status, DateTimeOffset? Since = null, string? Reason = null, string? ToDo = null);

/// <summary>All that is known of an integration.</summary>
/// <param name="Options">Its settings, as this process has them.</param>
/// <param name="Pause">Null unless it is disconnected or paused.</param>
/// <param name="Breaker">Null while no process that calls it shows its own.</param>
/// <param name="Budget">Null where it has no limit, or nobody has called it yet.</param>
/// <param name="Calls">Those of the last minutes, without health checks; null when there were none.</param>
/// <param name="Health">Null when nobody has looked since it was connected.</param>
public sealed record IntegrationView(
    IntegrationOptions Options, PauseView? Pause, FleetBreaker? Breaker, BudgetView? Budget, OutcomeSummary? Calls, LastHealth? Health)
{
    public string Key => Options.Key;

    public Standing Standing { get; } = StatusRule.Of(Options, Pause, Breaker, Budget, Health);
}
