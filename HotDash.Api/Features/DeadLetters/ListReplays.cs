using System.ComponentModel;
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
        CancellationToken ct,
        [Description("nextCursor of the page before")] string? cursor = null,
        [Description("1 to 100; 50 unless given")] string? limit = null)
    {
        var errors = new FieldErrors();
        var after = errors.Cursor(cursor, ReplayPosition.TryParse);
        var count = errors.Limit(limit);
        if (errors.Any)
            return errors.ToProblem();

        var page = await replays.ListAsync(after, count, ct);
        return TypedResults.Ok(new Reply(page.Items, page.Next?.ToString()));
    }
}
