using System.ComponentModel;
using HotDash.Api.Features.Flags;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

internal static class ListRollouts
{
    public sealed record Reply(IReadOnlyList<RolloutReply> Rollouts, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        RolloutReads rollouts,
        CancellationToken ct,
        [Description("nextCursor of the page before")] string? cursor = null,
        [Description("1 to 100; 50 unless given")] string? limit = null)
    {
        var errors = new FieldErrors();
        var after = errors.Cursor(cursor, FlagPosition.TryParse);
        var count = errors.Limit(limit);
        if (errors.Any)
            return errors.ToProblem();

        var page = await rollouts.ListAsync(after?.Name, count + 1, ct);
        return TypedResults.Ok(new Reply([.. page.Take(count).Select(RolloutReply.Of)], page.Count > count ? new FlagPosition(page[count - 1].Flag).ToString() : null));
    }
}
