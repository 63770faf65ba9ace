using HotDash.Api.Problems;
using HotDash.ControlPlane.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Alerts;

internal static class ShowAlert
{
    public static async Task<Results<Ok<Alert>, ApiProblem>> HandleAsync(string id, AlertReads alerts, CancellationToken ct) =>
        Guid.TryParse(id, out var alertId) && await alerts.FindAsync(alertId, ct) is { } alert ? TypedResults.Ok(alert) : NotFound();

    public static ApiProblem NotFound() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no alert with this id.");
}
