using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Budgets;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Registry;
using HotDash.Integrations;

namespace HotDash.Api.Features.Registry;

/// <summary>An integration as people and programs see it. No value of a credential is in it.</summary>
/// <param name="Since">When the status began; null where nothing tells.</param>
/// <param name="ToDo">The one thing to do about it.</param>
/// <param name="Credentials">Names of all that it needs, in the environment; <paramref name="MissingCredentials"/>: of those that are not set.</param>
/// <param name="Calls">Of the last 15 minutes, without health checks.</param>
internal sealed record IntegrationReply(
    string Key,
    string Source,
    IntegrationStatus Status,
    DateTimeOffset? Since,
    string? Reason,
    string? ToDo,
    FlagReply Flag,
    IReadOnlyList<string> Credentials,
    IReadOnlyList<string> MissingCredentials,
    PauseReply? Pause,
    BreakerReply? Breaker,
    BudgetReply? Budget,
    CallsReply? Calls,
    HealthReply? Health)
{
    public static IntegrationReply Of(IntegrationView view) => new(
        view.Key,
        view.Options.Source,
        view.Standing.Status,
        view.Standing.Since,
        view.Standing.Reason,
        view.Standing.ToDo,
        FlagReply.Of(view.Options),
        view.Options.Credentials,
        view.Options.MissingCredentials,
        PauseReply.Of(view.Pause),
        BreakerReply.Of(view.Breaker),
        BudgetReply.Of(view.Budget),
        view.Calls is { } calls ? CallsReply.Of(calls) : null,
        HealthReply.Of(view.Health));
}

/// <param name="Name">Of the flag that switches it at any moment.</param>
/// <param name="Variables">In the environment: the first that is set decides; none when it is always real.</param>
/// <param name="On">For anybody.</param>
internal sealed record FlagReply(string Name, IReadOnlyList<string> Variables, bool On)
{
    public static FlagReply Of(IntegrationOptions options) =>
        new(options.Flag, options.Flags, options.Overall is IntegrationState.Live or IntegrationState.CredentialsMissing);
}

/// <param name="Failure">What most calls failed with; null when a person disconnected it.</param>
/// <param name="NextTryAt">When one call goes to see; null: a person has to connect it.</param>
internal sealed record PauseReply(string By, DateTimeOffset At, string Reason, string? Failure, DateTimeOffset? NextTryAt)
{
    public static PauseReply? Of(ControlPlane.Pauses.PauseView? pause) =>
        pause is null ? null : new(pause.PausedBy, pause.PausedAt, pause.Reason, pause.Failure, pause.ProbeAt);
}

/// <summary>Each <c>closed</c>, <c>open</c> or <c>half-open</c>; the fleet's is the worst of its processes'.</summary>
internal sealed record BreakerReply(string State, IReadOnlyList<BreakerReply.Process> Processes)
{
    public sealed record Process(string Name, string State, double? RefusesForSeconds);

    public static BreakerReply? Of(FleetBreaker? breaker) => breaker is null ? null : new(
        BreakerStates.Write(breaker.State),
        [.. breaker.Processes.Select(process => new Process(process.Process, BreakerStates.Write(process.State), process.RefusesFor?.TotalSeconds))]);
}

/// <param name="Left">Tokens that nobody used within the window, up to a second ago.</param>
internal sealed record BudgetReply(int Limit, double WindowSeconds, int Left, double? NextFreeInSeconds)
{
    public static BudgetReply? Of(BudgetView? budget) =>
        budget is null ? null : new(budget.Limit, budget.Window.TotalSeconds, budget.Left, budget.NextFreeIn?.TotalSeconds);
}

/// <param name="Outcomes">Calls by <c>ok</c> or the code of their failure.</param>
/// <param name="ErrorRate">0 to 1.</param>
internal sealed record CallsReply(
    long Calls, IReadOnlyDictionary<string, long> Outcomes, double? ErrorRate, double? MedianMs, double? P95Ms, double? P99Ms)
{
    public static CallsReply Of(OutcomeSummary summary) => new(
        summary.Calls, summary.Counts, summary.ErrorRate,
        summary.Median?.TotalMilliseconds, summary.P95?.TotalMilliseconds, summary.P99?.TotalMilliseconds);
}

/// <param name="Since">Every check since then said the same.</param>
internal sealed record HealthReply(bool Ok, DateTimeOffset CheckedAt, DateTimeOffset Since, IReadOnlyList<HealthReply.Probe> Probes)
{
    /// <param name="Name">What was found: <c>Can fetch conversations</c>, or <c>Cannot fetch conversations</c>.</param>
    public sealed record Probe(string Name, ProbeOutcome Outcome, double DurationMs, string? Failure, string? Happened, string? ToDo);

    public static HealthReply? Of(LastHealth? health) => health is null ? null : new(
        health.Health.Ok, health.CheckedAt, health.Since,
        [.. health.Health.Probes.Select(probe => new Probe(probe.Probe, probe.Outcome, probe.Duration.TotalMilliseconds, probe.Failure, probe.Happened, probe.ToDo))]);
}
