using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class ListLetters
{
    public sealed record Reply(IReadOnlyList<DeadLetterView> Letters, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        [AsParameters] LetterQuery query,
        DeadLetterReads letters,
        [AsParameters] PageQuery page,
        CancellationToken ct)
    {
        var errors = new FieldErrors();
        var filter = query.Read(errors);
        var (after, limit) = page.Read<DeadLetterPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await letters.ListAsync(filter, after, limit, ct);
        return TypedResults.Ok(new Reply(found.Items, found.Next?.ToString()));
    }
}
