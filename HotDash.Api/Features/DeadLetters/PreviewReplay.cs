using System.ComponentModel;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class PreviewReplay
{
    private const double DefaultStopShare = 0.2;

    public sealed record Request(
        [property: Description("1 to 1,000 letters")] IReadOnlyList<string?>? Ids,
        [property: Description("instead of ids; only pending and unknown letters are chosen")] LetterQuery? Filter,
        [property: Description("why they are sent again")] string? Reason,
        [property: Description("0 to 1: stops when a larger share of what was sent fails again; 0.2 unless given")] double? StopShare);

    public static async Task<Results<Created<Replay>, ApiProblem>> HandleAsync(
        Request request, ClaimsPrincipal caller, Replays replays, ReplayReads reads, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var selection = errors.Selection(request.Ids, request.Filter);
        var reason = errors.Optional("reason", request.Reason, DiscardLetters.MaxReason);
        var stopShare = request.StopShare ?? DefaultStopShare;
        errors.Require(stopShare is >= 0 and <= 1, "stopShare", "must be a number from 0 to 1.");
        if (errors.Any)
            return errors.ToProblem();

        if (await replays.PreviewAsync(selection, caller.Actor(), reason, stopShare, ct) is not { } id)
            return ApiProblem.Invalid("filter", $"chooses more than {Replays.MaxLetters} letters; narrow it, by time for example.");

        return TypedResults.Created($"/api/dead-letters/replays/{id}", (await reads.FindAsync(id, ct))!);
    }
}
