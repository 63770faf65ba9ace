using HotDash.Integrations.Publer;

namespace HotDash.ControlPlane.Social;

/// <summary>
/// Finds in the provider's list what an attempt brought about. Targets of one attempt never look alike, and no lookalike of theirs
/// was in flight beside them, so one match each is all there can be. A post that somebody wrote by hand, word for word and for the
/// same minute, counts as the effect: the world has what was asked for.
/// </summary>
public static class PostMatch
{
    private static readonly TimeSpan Rounding = TimeSpan.FromMinutes(1);

    public static IReadOnlyDictionary<TargetInFlight, PublerPostRecord> Find(
        AttemptInFlight attempt, IReadOnlyList<PublerPostRecord> records, IReadOnlySet<string> bound, TimeSpan clockSkew)
    {
        var earliest = attempt.StartedAt - clockSkew;
        var candidates = records
            .Where(record => !bound.Contains(record.Id) && !IsDraft(record) && !(CreatedAt(record, attempt.Scheduled) < earliest))
            .OrderBy(record => CreatedAt(record, attempt.Scheduled))
            .ToLookup(record => (record.AccountId, PostIdentity.Normalise(record.Text)));

        return attempt.Targets
            .Select(target => (target, match: candidates[(target.AccountId, PostIdentity.Normalise(target.Text))]
                .FirstOrDefault(record => IsOnTime(attempt, target, record))))
            .Where(pair => pair.match is not null)
            .ToDictionary(pair => pair.target, pair => pair.match!);
    }

    /// <summary>The days that a look-up has to read.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Days(AttemptInFlight attempt, TimeSpan clockSkew)
    {
        var times = attempt.Targets.Select(target => attempt.Scheduled ? target.ScheduledAt!.Value : attempt.StartedAt).ToList();
        var until = attempt.Scheduled ? times.Max() : attempt.StartedAt + attempt.Age;

        return (times.Min() - clockSkew - Rounding, until + clockSkew + Rounding);
    }

    private static bool IsDraft(PublerPostRecord record) => record.State.StartsWith("draft", StringComparison.Ordinal);

    /// <summary>Not every list says it; what is published at once was made about when it was published.</summary>
    private static DateTimeOffset? CreatedAt(PublerPostRecord record, bool scheduled) => record.CreatedAt ?? (scheduled ? null : record.ScheduledAt);

    private static bool IsOnTime(AttemptInFlight attempt, TargetInFlight target, PublerPostRecord record) =>
        record.ScheduledAt is not { } time
        || (attempt.Scheduled
            ? (time - target.ScheduledAt!.Value).Duration() <= Rounding
            : time <= attempt.StartedAt + attempt.Age + Rounding);
}
