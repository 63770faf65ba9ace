using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Rollouts.Judging;

namespace HotDash.Benchmarks.Rollouts;

/// <summary>Calls at random from a seed: a hundred in ten seconds, a share of them treated, all alike but for the treated errors.</summary>
internal sealed class Traffic(int seed, double treatedShare, bool othersAreLive)
{
    public const int CallsPerBucket = 100;

    private const double BaseRate = 0.01;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Durations = [.. LogNormal(median: 120, spread: 0.6)];

    private readonly Random _random = new(seed);
    private int _number;

    public static DateTimeOffset Began => Start;

    public DateTimeOffset Now => Start + (_number * OutcomeBuckets.Length);

    public CallBucket Next(double treatedRate = BaseRate)
    {
        var at = Now;
        _number++;
        var treated = 0;
        for (var i = 0; i < CallsPerBucket; i++)
            treated += _random.NextDouble() < treatedShare ? 1 : 0;

        return new(at, Calls(treated, treatedRate), othersAreLive ? Calls(CallsPerBucket - treated, BaseRate) : CallCounts.None);
    }

    private CallCounts Calls(int count, double rate)
    {
        var (errors, latencies) = (0, new long[LatencyHistogram.Classes]);
        for (var i = 0; i < count; i++)
        {
            errors += _random.NextDouble() < rate ? 1 : 0;
            latencies[Durations[_random.Next(Durations.Length)]]++;
        }

        return new(count, errors, latencies);
    }

    /// <summary>Classes of durations, each as often as it is likely.</summary>
    private static IEnumerable<byte> LogNormal(double median, double spread)
    {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            yield return (byte)LatencyHistogram.ClassOf(TimeSpan.FromMilliseconds(median * Math.Exp(spread * normal)));
        }
    }
}
