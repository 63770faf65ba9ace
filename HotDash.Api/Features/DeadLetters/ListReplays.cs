using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class ListReplays
{
    public sealed record Reply(IReadOnlyList<Replay> Replays, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        ReplayReads replays,
        [AsParameters] PageQuery page,
        CancellationToken ct)
    {
        var errors = new FieldErrors();
        var (after, limit) = page.Read<ReplayPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await replays.ListAsync(after, limit, ct);
        return TypedResults.Ok(new Reply(found.Items, found.Next?.ToString()));
    }
}
