using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class ListGroups
{
    public sealed record Reply(IReadOnlyList<CauseGroup> Groups);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        DeadLetterReads letters,
        CancellationToken ct,
        string? integration = null,
        string? operation = null,
        string? failure = null,
        string? text = null)
    {
        var errors = new FieldErrors();
        var filter = new LetterQuery { Integration = integration, Operation = operation, Failure = failure, Text = text }.Read(errors);
        if (errors.Any)
            return errors.ToProblem();

        return TypedResults.Ok(new Reply(await letters.GroupsAsync(filter, ct)));
    }
}
