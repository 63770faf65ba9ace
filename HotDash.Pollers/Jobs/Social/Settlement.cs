using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using HotDash.Integrations.Publer;

namespace HotDash.Pollers.Jobs.Social;

/// <summary>Decides how targets end, from Publer's job and from what its list of posts shows. Those that it cannot decide yet are left out.</summary>
internal static class Settlement
{
    private const int MaxErrorLength = 500;

    /// <summary>Those that are in the list.</summary>
    public static IReadOnlyList<TargetEnd> Of(IReadOnlyDictionary<TargetInFlight, PublerPostRecord> found) =>
        [.. found.Select(pair => Found(pair.Key, pair.Value))];

    /// <summary>Publer names accounts that failed, not posts: on an account with several posts the list tells which of them it made.</summary>
    /// <param name="attempt">What was handed over.</param>
    /// <param name="job">Publer's job.</param>
    /// <param name="found">What the list shows, as far as it could be read.</param>
    /// <param name="isLastLook">Decide everything now.</param>
    public static IReadOnlyList<TargetEnd> Of(
        AttemptInFlight attempt, PublerJob job, IReadOnlyDictionary<TargetInFlight, PublerPostRecord> found, bool isLastLook)
    {
        var missing = attempt.Targets.Where(target => !found.ContainsKey(target)).ToLookup(target => target.AccountId, StringComparer.Ordinal);

        return
        [
            .. Of(found),
            .. missing.SelectMany(account => account
                .Select(target => Missing(target, job, FailuresOf(job, account.Key), account.Count(), isLastLook))
                .OfType<TargetEnd>()),
        ];
    }

    /// <summary>For a person to look at.</summary>
    public static TargetEnd Unknown(TargetInFlight target) =>
        Failed(target, "Nobody could find out whether Publer has this post: look there before sending it again.", unknown: true);

    private static TargetEnd Found(TargetInFlight target, PublerPostRecord record) => record.State == "failed"
        ? new(target.JobId, target.AccountId, Complete: false, record.Id, record.PostLink, "Publer could not publish the post.")
        : new(target.JobId, target.AccountId, Complete: true, record.Id, record.PostLink);

    private static TargetEnd? Missing(TargetInFlight target, PublerJob job, List<PublerJobFailure> failures, int missing, bool isLastLook) =>
        (job.State, failures) switch
        {
            (PublerJobState.Failed, []) => Failed(target, "Publer could not publish the post."),
            (PublerJobState.Failed, [var failure, ..]) => Refused(target, failure.Message),
            (PublerJobState.Complete, [var failure, ..]) when failures.Count >= missing || isLastLook => Refused(target, failure.Message),
            (PublerJobState.Complete, []) when isLastLook => new(target.JobId, target.AccountId, Complete: true),
            _ when isLastLook => Failed(target, "Publer did not finish its job: look there before sending the post again.", unknown: true),
            _ => null,
        };

    private static List<PublerJobFailure> FailuresOf(PublerJob job, string accountId) =>
        [.. job.Failures.Where(failure => failure.AccountId is null || failure.AccountId == accountId)];

    private static TargetEnd Failed(TargetInFlight target, string error, bool unknown = false) =>
        new(target.JobId, target.AccountId, Complete: false, Error: error, Unknown: unknown, Code: unknown ? "outcome_unknown" : IntegrationCodes.Rejected);

    /// <summary>The words are the provider's: they go to whoever asked for the post, and no further.</summary>
    private static TargetEnd Refused(TargetInFlight target, string words) =>
        new(target.JobId, target.AccountId, Complete: false, Error: Clean(words), Summary: "Publer says that it failed on this account; the post's status has its words.");

    /// <summary>What a provider says may be long, and hold what the store cannot keep.</summary>
    private static string Clean(string error)
    {
        var clean = error.Replace('\0', ' ');
        return clean.Length <= MaxErrorLength ? clean : string.Concat(clean.AsSpan(0, MaxErrorLength - 1), "…");
    }
}
