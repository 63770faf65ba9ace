using HotDash.ControlPlane.Outcomes;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Benchmarks.Chaos;

/// <summary>What the providers, while they are down, get to bear of what HotDash wants from them.</summary>
internal sealed class Load(Stage stage)
{
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);

    /// <summary>Such calls end here: no request comes of them.</summary>
    private static readonly string[] Unsent = ["circuit_open", "integration_paused", "rate_limited"];

    /// <summary>Calls are counted by stretches of ten seconds: whoever starts with one and lasts for whole ones knows exactly.</summary>
    public static async Task<DateTimeOffset> NextBucketAsync(CancellationToken ct)
    {
        var now = DateTimeOffset.UtcNow;
        var next = new DateTimeOffset(now.Ticks - (now.Ticks % Bucket.Ticks), TimeSpan.Zero) + Bucket;
        await Task.Delay(next - now, ct);

        return next;
    }

    /// <returns>All calls that ended in this time, and those of them that were sent at all.</returns>
    public async Task<(long Calls, long Sent)> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var reads = stage.Services.GetRequiredService<OutcomeReads>();
        var buckets = (await reads.LastAsync(new(TimeSpan.FromMinutes(30)), atMost: 10_000, ct)).Where(bucket => bucket.At >= from && bucket.At < to).ToList();

        return (buckets.Sum(bucket => bucket.Summary.Calls), buckets.Sum(SentOf));
    }

    private static long SentOf(OutcomeBucket bucket) =>
        bucket.Summary.Counts.Where(count => !Unsent.Contains(count.Key, StringComparer.Ordinal)).Sum(count => count.Value);
}
