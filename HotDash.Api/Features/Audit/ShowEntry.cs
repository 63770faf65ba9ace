using System.Globalization;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Audit;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Audit;

internal static class ShowEntry
{
    public static async Task<Results<Ok<EntryView>, ApiProblem>> HandleAsync(string id, AuditReads audit, CancellationToken ct) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await audit.FindAsync(number, ct) is { } entry
            ? TypedResults.Ok(EntryView.Of(entry))
            : ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no entry with this id.");
}
