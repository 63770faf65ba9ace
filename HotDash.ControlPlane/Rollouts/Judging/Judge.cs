using System.Globalization;

namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>
/// Says what the evidence of a stage amounts to. It may be asked at any moment, as often as one likes: of three tests each raises a false alarm in
/// at most one of a hundred stages. The shares beside them are no tests; they hold from the minimum sample on.
/// </summary>
internal static class Judge
{
    /// <summary>Evidence of so much is an alarm.</summary>
    public const double Alarm = 100;

    /// <summary>Evidence of so much is a sign: no alarm, but not healthy either.</summary>
    private const double Sign = 10;

    private static readonly double LogAlarm = Math.Log(Alarm);
    private static readonly double LogSign = Math.Log(Sign);

    public static Judgement Of(Evidence evidence, JudgeRules rules) =>
        Harm(evidence, rules) ?? Silence(evidence, rules) ?? Outage(evidence, rules) ?? Doubt(evidence, rules)
        ?? new(Verdict.Healthy, $"{Share(evidence.Treated)} failed, and nothing speaks against it.");

    private static Judgement? Harm(Evidence evidence, JudgeRules rules)
    {
        var enough = evidence.Treated.Calls >= rules.MinSampleSize;
        if (evidence.Comparison.Peak >= LogAlarm)
            return Regressing($"{Share(evidence.Treated)} failed; {Text(evidence.ExpectedErrors)} errors would have been as many as the others had at the same time.");
        if (evidence.Threshold.Peak >= LogAlarm || (enough && IsOver(evidence, rules) && !OthersToo(evidence)))
            return Regressing($"{Share(evidence.Treated)} failed; at most {Text(100 * rules.ErrorThreshold)} % may.");
        if (enough && evidence.Slowness.Peak >= LogAlarm)
            return Regressing("Far more calls are slow than of the others at the same time.");

        return null;
    }

    private static Judgement? Silence(Evidence evidence, JudgeRules rules) =>
        evidence.Through - (evidence.LastTreated ?? evidence.Since) > rules.Quiet
            ? new(Verdict.NoTraffic, $"Nobody who has the flag has called for {Text((evidence.Through - (evidence.LastTreated ?? evidence.Since)).TotalSeconds)} s.")
            : null;

    private static Judgement? Outage(Evidence evidence, JudgeRules rules)
    {
        var recent = evidence.Recent.Sum();
        var both = recent.Calls + recent.OtherCalls >= rules.MinSampleSize && recent.Exceeds(rules.ErrorThreshold) && recent.OthersExceed(rules.ErrorThreshold);

        return both || (evidence.Treated.Calls >= rules.MinSampleSize && IsOver(evidence, rules))
            ? new(Verdict.ProviderDown, "Those who do not have the flag fail, too.")
            : null;
    }

    private static Judgement? Doubt(Evidence evidence, JudgeRules rules) => evidence switch
    {
        { Treated.Calls: var calls } when calls < rules.MinSampleSize => new(Verdict.Inconclusive, $"{calls} calls of the {rules.MinSampleSize} that are needed."),
        { Comparison.LogWealth: var errors, Threshold.LogWealth: var over, Slowness.LogWealth: var slow } when Math.Max(errors, Math.Max(over, slow)) >= LogSign =>
            new(Verdict.Inconclusive, "There are signs of harm, not enough for an alarm."),
        _ when evidence.Recent.Sum().Exceeds(rules.ErrorThreshold) => new(Verdict.Inconclusive, "Of the newest calls more failed than may."),
        _ => null,
    };

    private static bool IsOver(Evidence evidence, JudgeRules rules) => evidence.Treated.Errors > rules.ErrorThreshold * evidence.Treated.Calls;

    /// <summary>At the same times the other group failed at least half as often: the share says little of the rollout then.</summary>
    private static bool OthersToo(Evidence evidence) => evidence.ExpectedErrors >= evidence.Treated.Errors / 2d;

    private static Judgement Regressing(string reason) => new(Verdict.Regressing, reason);

    private static string Share(CallCounts calls) => $"{calls.Errors} of {calls.Calls} calls";

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
