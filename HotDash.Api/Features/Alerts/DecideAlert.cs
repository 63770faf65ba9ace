using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Alerts;

/// <summary>What people do with alerts. Saying again what is already so is no mistake.</summary>
internal static class DecideAlert
{
    private const int MaxReason = 500;

    public sealed record AcknowledgeRequest(string? Reason);

    /// <param name="Until">RFC 3339.</param>
    public sealed record SilenceRequest([property: Required] string? Until, [property: Required] string? Reason);

    public static async Task<Results<Ok<Alert>, ApiProblem>> AcknowledgeAsync(
        string id, AcknowledgeRequest request, ClaimsPrincipal caller, AlertDecisions decisions, AlertReads alerts, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var reason = errors.Optional("reason", request.Reason, MaxReason);
        if (errors.Any)
            return errors.ToProblem();

        return await DecidedAsync(id, alert => decisions.AcknowledgeAsync(alert, caller.Actor(), reason, ct), alerts, ct);
    }

    public static async Task<Results<Ok<Alert>, ApiProblem>> SilenceAsync(
        string id, SilenceRequest request, ClaimsPrincipal caller, AlertDecisions decisions, AlertReads alerts, TimeProvider clock, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var reason = errors.Required("reason", request.Reason, MaxReason);
        var until = errors.Time("until", request.Until ?? "");
        errors.Require(!(until <= clock.GetUtcNow()), "until", "must be in the future.");
        errors.Require(!(until > clock.GetUtcNow() + decisions.MaxSilence), "until", $"must be at most {decisions.MaxSilence.TotalDays:0.##} days ahead.");
        if (errors.Any)
            return errors.ToProblem();

        return await DecidedAsync(id, alert => decisions.SilenceAsync(alert, until!.Value, caller.Actor(), reason!, ct), alerts, ct);
    }

    private static async Task<Results<Ok<Alert>, ApiProblem>> DecidedAsync(string id, Func<Guid, Task<AlertDecision>> decide, AlertReads alerts, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var alertId) || await decide(alertId) is var decision && decision is AlertDecision.Missing
            || await alerts.FindAsync(alertId, ct) is not { } alert)
            return ShowAlert.NotFound();

        return decision is AlertDecision.Made
            ? TypedResults.Ok(alert)
            : ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.WrongState, "The alert is resolved.");
    }
}
