using HotDash.ControlPlane.Audit;

namespace HotDash.ControlPlane.Approvals;

/// <summary>The questions that an action's story must answer.</summary>
/// <param name="stored">The hash of the bytes as they are stored now; null when they cannot be opened.</param>
internal sealed class ProofOf(IReadOnlyList<ProofFact> story, ProofFact sent, string? stored)
{
    public ApprovalProof Proof
    {
        get
        {
            ProofCheck[] checks = [Bytes(), Approved(), Others(), Once(), Chained()];
            return new(Array.TrueForAll(checks, check => check.Ok), sent.Hash, checks, story);
        }
    }

    private IReadOnlyList<ProofFact> Before => [.. story.TakeWhile(fact => fact != sent)];

    private IReadOnlyList<string> Authors => [.. Before.Where(fact => fact.Action is ApprovalAudit.Request or ApprovalAudit.Edit).Select(fact => fact.Actor)];

    private IReadOnlyList<string> Approvers => [.. Before.Where(fact => fact.Action is ApprovalAudit.Approve && fact.Hash == sent.Hash).Select(fact => fact.Actor)
        .Where(actor => actor != AuditChange.HotDash).Distinct(StringComparer.Ordinal)];

    private ProofCheck Bytes() => new("bytes", stored == sent.Hash, stored switch
    {
        null => "What was sent cannot be opened any more: its data-protection key is gone, or it was altered.",
        _ when stored == sent.Hash => "What is stored has the hash of what was sent.",
        _ => "What is stored has another hash than what was sent.",
    });

    private ProofCheck Approved() => new("approved", Approvers.Count >= story[0].Required,
        $"{Approvers.Count} of {story[0].Required} people approved this hash before: {string.Join(", ", Approvers)}.");

    private ProofCheck Others() => Approvers.Intersect(Authors, StringComparer.Ordinal).FirstOrDefault() is { } own
        ? new("by others", false, $"{own} wrote it and approved it.")
        : new("by others", true, "Nobody who wrote it approved it.");

    private ProofCheck Once()
    {
        var effects = story.Where(fact => fact.State is "sent").Select(fact => (fact.EffectId, fact.Hash)).Distinct().ToList();
        return effects switch
        {
            [var (effect, hash)] when hash == sent.Hash => new("once", true, $"It had its effect once{(effect is null ? "" : $": {effect}")}."),
            [] => new("once", false, "Whether it had its effect is not known."),
            _ => new("once", false, "It is said to have had other effects."),
        };
    }

    private ProofCheck Chained() => story.All(fact => fact.Seq is not null)
        ? new("chained", true, $"All {story.Count} entries are chained; hotdash audit verify shows that none was altered.")
        : new("chained", false, "The newest entries are not chained yet: ask again in a second.");
}
