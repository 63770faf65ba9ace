using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace HotDash.ServiceDefaults.Tests;

/// <summary>Keeps the last state of every metric: how often it was measured and the values of its tags.</summary>
internal sealed class MetricKeeper : BaseExporter<Metric>
{
    private readonly Dictionary<string, (long Count, HashSet<string> Tags)> _metrics = new(StringComparer.Ordinal);

    public ISet<string> Names => _metrics.Keys.ToHashSet(StringComparer.Ordinal);

    public IEnumerable<string> AllTags => _metrics.Values.SelectMany(metric => metric.Tags);

    public long Count(string histogram) => _metrics[histogram].Count;

    public ISet<string> Tags(string metric) => _metrics[metric].Tags;

    public override ExportResult Export(in Batch<Metric> batch)
    {
        foreach (var metric in batch)
        {
            _metrics[metric.Name] = Read(metric);
        }

        return ExportResult.Success;
    }

    private static (long, HashSet<string>) Read(Metric metric)
    {
        long count = 0;
        var tags = new HashSet<string>(StringComparer.Ordinal);

        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            count += metric.MetricType == MetricType.Histogram ? point.GetHistogramCount() : 0;

            foreach (var (_, value) in point.Tags)
            {
                tags.Add($"{value}");
            }
        }

        return (count, tags);
    }
}
