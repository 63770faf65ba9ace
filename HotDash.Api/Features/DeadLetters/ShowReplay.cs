using HotDash.Api.Problems;
using HotDash.ControlPlane.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class ShowReplay
{
    public static async Task<Results<Ok<Replay>, ApiProblem>> HandleAsync(string id, ReplayReads replays, CancellationToken ct) =>
        Guid.TryParse(id, out var replayId) && await replays.FindAsync(replayId, ct) is { } replay ? TypedResults.Ok(replay) : NotFound();

    public static ApiProblem NotFound() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no replay with this id.");
}
