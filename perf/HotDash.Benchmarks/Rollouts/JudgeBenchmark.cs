using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Rollouts.Judging;

namespace HotDash.Benchmarks.Rollouts;

/// <summary>How often the judge of rollouts is wrong, and how soon it is right. Simulated, always with the same seeds; judged after every bucket.</summary>
internal sealed class JudgeBenchmark : IBenchmark
{
    private const int Events = 100_000;
    private const int Runs = 1000;
    private const int Searches = 200;
    private const int Quiet = 50_000;

    private static readonly JudgeRules Rules = new(0.05, 100, TimeSpan.FromSeconds(90));

    public string Title => "false alarms of the judge of rollouts, and how many calls it needs to notice more errors than 1 %";

    public Task RunAsync(Report report, CancellationToken ct)
    {
        foreach (var share in new[] { 0.1, 0.5 })
            report.AtMost($"false alarms in {Events:#,0} calls, {share:0 %} treated", 100 * FalseAlarms(share, othersAreLive: true, ct), "%", 5);
        report.AtMost($"false alarms in {Events:#,0} calls, the others mock", 100 * FalseAlarms(0.5, othersAreLive: false, ct), "%", 5);

        foreach (var rate in new[] { 0.02, 0.05, 0.2 })
        {
            Notice(report, rate, 0.1, after: 0, ct);
            Notice(report, rate, 0.5, after: 0, ct);
            Notice(report, rate, 0.5, after: Quiet, ct);
        }

        report.Figure("1 % -> 20 %, the others mock: treated calls, median", Median(0.2, 0.5, 0, othersAreLive: false, ct).Median * 0.5, "");
        return Task.CompletedTask;
    }

    private static double FalseAlarms(double share, bool othersAreLive, CancellationToken ct) =>
        Seeds(Runs, ct).Count(seed => FirstAlarm(new Traffic(seed, share, othersAreLive), 0.01, after: 0, Events) is not null) / (double)Runs;

    private static void Notice(Report report, double rate, double share, int after, CancellationToken ct)
    {
        var (median, late) = Median(rate, share, after, othersAreLive: true, ct);
        report.Figure($"1 % -> {rate:0 %}, {share:0 %} treated{(after > 0 ? $", after {after:#,0}" : "")}: calls, median", median, "");
        report.Figure("    in nine of ten runs", late, "");
    }

    private static (double Median, double Late) Median(double rate, double share, int after, bool othersAreLive, CancellationToken ct)
    {
        var calls = Seeds(Searches, ct).Select(seed => (double)(FirstAlarm(new(seed, share, othersAreLive), rate, after, 10 * Events) ?? 10 * Events)).Order().ToList();
        return (calls[calls.Count / 2], calls[calls.Count * 9 / 10]);
    }

    private static ParallelQuery<int> Seeds(int count, CancellationToken ct) => Enumerable.Range(1, count).AsParallel().WithCancellation(ct);

    /// <returns>How many calls after the rate changed; null when there was none in so many.</returns>
    private static int? FirstAlarm(Traffic traffic, double rate, int after, int atMost)
    {
        var evidence = Evidence.Begin(Traffic.Began);
        for (var calls = Traffic.CallsPerBucket; calls <= after + atMost; calls += Traffic.CallsPerBucket)
        {
            var bucket = calls <= after ? traffic.Next() : traffic.Next(rate);
            evidence.Add([bucket], bucket.At + OutcomeBuckets.Length, Rules);
            if (Judge.Of(evidence, Rules).Verdict is Verdict.Regressing && calls > after)
                return calls - after;
        }

        return null;
    }
}
