namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>
/// What the calls of a stage have shown so far: as much as is needed to go on from there, however long the stage lasts. The same buckets give the
/// same evidence, in whatever portions they come.
/// </summary>
internal sealed class Evidence
{
    /// <summary>How much likelier errors are, by assumption: from half again as likely.</summary>
    private static readonly double[] ErrorOdds = [1.5, 2, 4, 8, 32];

    /// <summary>How much likelier slow calls are. Not less than four times: a tenth longer is no harm.</summary>
    private static readonly double[] SlowOdds = [4, 16, 64];

    /// <summary>When the stage began, or was resumed.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>All buckets that began before are in it.</summary>
    public required DateTimeOffset Through { get; set; }

    public DateTimeOffset? LastTreated { get; set; }

    public DateTimeOffset? LastUntreated { get; set; }

    public CallCounts Treated { get; set; } = CallCounts.None;

    public CallCounts Untreated { get; set; } = CallCounts.None;

    /// <summary>Errors that the treated calls would have had, had they failed as the others did at the same time.</summary>
    public double ExpectedErrors { get; set; }

    /// <summary>The newest calls: at least a sample, where there were so many.</summary>
    public RecentCalls Recent { get; init; } = new();

    /// <summary>Errors, compared with the other group.</summary>
    public EProcess Comparison { get; init; } = EProcess.For(ErrorOdds.Length);

    /// <summary>Errors against the threshold, at times when the other group makes no live calls.</summary>
    public EProcess Threshold { get; init; } = EProcess.For(ErrorOdds.Length);

    /// <summary>Slow calls, compared with the other group.</summary>
    public EProcess Slowness { get; init; } = EProcess.For(SlowOdds.Length);

    /// <summary>Buckets that wait for the other group's calls, as one.</summary>
    public CallBucket? Open { get; set; }

    public static Evidence Begin(DateTimeOffset since) => new() { Since = since, Through = since };

    /// <param name="buckets">In order; those before <see cref="Through"/> are in it already and left out.</param>
    /// <param name="through">No more will come of buckets that began before.</param>
    public void Add(IEnumerable<CallBucket> buckets, DateTimeOffset through, JudgeRules rules)
    {
        foreach (var bucket in buckets.Where(bucket => bucket.At >= Through && bucket.At < through))
            Add(bucket, rules);
        if (through > Through)
            Through = through;
        if (Open is { } open && Stratum.IsOver(open, Through))
            Close(open, rules);
    }

    private void Add(CallBucket bucket, JudgeRules rules)
    {
        if (Open is { } old && Stratum.IsOver(old, bucket.At))
            Close(old, rules);

        LastTreated = bucket.Treated.Calls > 0 ? bucket.At : LastTreated;
        LastUntreated = bucket.Untreated.Calls > 0 ? bucket.At : LastUntreated;
        Open = Open is { } open ? new(open.At, open.Treated.Plus(bucket.Treated), open.Untreated.Plus(bucket.Untreated)) : bucket;
        if (Stratum.IsFull(Open, LastUntreated))
            Close(Open, rules);
    }

    private void Close(CallBucket stratum, JudgeRules rules)
    {
        var (treated, untreated) = (stratum.Treated, stratum.Untreated);
        if (untreated.Calls == 0)
            Take(Threshold, Wager.Against(rules.ErrorThreshold, treated.Calls, treated.Errors), ErrorOdds);
        else
            Compare(treated, untreated);

        (Treated, Untreated) = (Treated.Plus(treated), Untreated.Plus(untreated));
        Recent.Add(treated, untreated, rules.MinSampleSize);
        Open = null;
    }

    private void Compare(CallCounts treated, CallCounts untreated)
    {
        ExpectedErrors += (double)treated.Calls * untreated.Errors / untreated.Calls;
        Take(Comparison, Wager.Between(treated.Calls, treated.Errors, untreated.Calls, untreated.Errors), ErrorOdds);
        if (Stratum.SlowClass(Untreated) is { } slow)
            Take(Slowness, Wager.Between(treated.Timed(), treated.SlowerThan(slow), untreated.Timed(), untreated.SlowerThan(slow)), SlowOdds);
    }

    private static void Take(EProcess process, Wager? wager, double[] odds)
    {
        if (wager is { } taken)
            process.Take(taken, odds);
    }
}
