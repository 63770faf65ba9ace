using System.ComponentModel;
using System.Globalization;
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
            ? TypedResults.Ok(new Reply(RolloutReply.Of(rollout), await rollouts.EvidenceAsync(flag, ct), await rollouts.HistoryAsync(flag, null, Newest, ct)))
            : RolloutAnswers.NoRollout();

    public static async Task<Results<Ok<HistoryReply>, ApiProblem>> HistoryAsync(
        string flag,
        RolloutReads rollouts,
        CancellationToken ct,
        [Description("nextCursor of the page before")] string? cursor = null,
        [Description("1 to 100; 50 unless given")] string? limit = null)
    {
        var errors = new FieldErrors();
        var before = errors.Cursor(cursor, Position.TryParse);
        var count = errors.Limit(limit);
        if (errors.Any)
            return errors.ToProblem();
        if (await rollouts.FindAsync(flag, ct) is null)
            return RolloutAnswers.NoRollout();

        var page = await rollouts.HistoryAsync(flag, before?.Id, count + 1, ct);
        return TypedResults.Ok(new HistoryReply([.. page.Take(count)], page.Count > count ? new Position(page[count - 1].Id).ToString() : null));
    }

    private sealed record Position(long Id)
    {
        public static Position? TryParse(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new(id) : null;

        public override string ToString() => Id.ToString(CultureInfo.InvariantCulture);
    }
}
