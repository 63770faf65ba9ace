using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

internal static class ListRollouts
{
    public sealed record Reply(IReadOnlyList<RolloutReply> Rollouts, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        RolloutReads rollouts,
        [AsParameters] PageQuery page,
        CancellationToken ct)
    {
        var errors = new FieldErrors();
        var (after, limit) = page.Read<FlagPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await rollouts.ListAsync(after, limit, ct);
        return TypedResults.Ok(new Reply([.. found.Items.Select(RolloutReply.Of)], found.Next?.ToString()));
    }
}
