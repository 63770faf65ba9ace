using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

internal static class ListFlags
{
    public sealed record Reply(IReadOnlyList<FlagView> Flags, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        FlagReads flags,
        [AsParameters] PageQuery page,
        CancellationToken ct)
    {
        var errors = new FieldErrors();
        var (after, limit) = page.Read<FlagPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await flags.ListAsync(after, limit, ct);
        return TypedResults.Ok(new Reply([.. found.Items.Select(FlagView.Of)], found.Next?.ToString()));
    }
}
