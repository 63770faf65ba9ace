using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

/// <summary>Asking again for what is already so is no mistake.</summary>
internal static class ChangeReplay
{
    public static Task<Results<Ok<Replay>, ApiProblem>> StartAsync(string id, ClaimsPrincipal caller, Replays replays, ReplayReads reads, CancellationToken ct) =>
        ChangeAsync(id, replay => replays.StartAsync(replay, caller.Actor(), ct), reads, ct);

    public static Task<Results<Ok<Replay>, ApiProblem>> PauseAsync(string id, ClaimsPrincipal caller, Replays replays, ReplayReads reads, CancellationToken ct) =>
        ChangeAsync(id, replay => replays.PauseAsync(replay, caller.Actor(), ct), reads, ct);

    public static Task<Results<Ok<Replay>, ApiProblem>> CancelAsync(string id, ClaimsPrincipal caller, Replays replays, ReplayReads reads, CancellationToken ct) =>
        ChangeAsync(id, replay => replays.CancelAsync(replay, caller.Actor(), ct), reads, ct);

    private static async Task<Results<Ok<Replay>, ApiProblem>> ChangeAsync(
        string id, Func<Guid, Task<ReplayChange>> change, ReplayReads reads, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var replayId) || await change(replayId) is var made && made is ReplayChange.Missing
            || await reads.FindAsync(replayId, ct) is not { } replay)
            return ShowReplay.NotFound();

        return made is ReplayChange.Made
            ? TypedResults.Ok(replay)
            : ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.WrongState, $"The replay is {replay.State.ToSnakeCase()}.");
    }
}
