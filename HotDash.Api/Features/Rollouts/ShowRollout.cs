using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

internal static class ShowRollout
{
    private const int Newest = 20;

    /// <param name="Evidence">Of the present stage.</param>
    /// <param name="Findings">The newest first.</param>
    public sealed record Reply(RolloutReply Rollout, RolloutEvidence? Evidence, IReadOnlyList<RolloutFinding> Findings);

    public sealed record HistoryReply(IReadOnlyList<RolloutFinding> Findings, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(string flag, RolloutReads rollouts, CancellationToken ct) =>
        await rollouts.FindAsync(flag, ct) is { } rollout
            ? TypedResults.Ok(new Reply(RolloutReply.Of(rollout), await rollouts.EvidenceAsync(flag, ct), (await rollouts.HistoryAsync(flag, null, Newest, ct)).Items))
            : RolloutAnswers.NoRollout();

    public static async Task<Results<Ok<HistoryReply>, ApiProblem>> HistoryAsync(
        string flag,
        RolloutReads rollouts,
        [AsParameters] PageQuery page,
        CancellationToken ct)
    {
        var errors = new FieldErrors();
        var (before, limit) = page.Read<FindingPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();
        if (await rollouts.FindAsync(flag, ct) is null)
            return RolloutAnswers.NoRollout();

        var found = await rollouts.HistoryAsync(flag, before, limit, ct);
        return TypedResults.Ok(new HistoryReply(found.Items, found.Next?.ToString()));
    }
}
