using System.Diagnostics.Metrics;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Runner;

/// <summary>
/// How the queue fares: <c>hotdash.jobs.duration</c> (s, its count by kind and outcome), <c>hotdash.jobs.depth</c>,
/// <c>hotdash.jobs.oldest_age</c> (s) and <c>hotdash.jobs.dead</c>. Every replica reports the same depth: take the maximum.
/// </summary>
internal sealed class JobMetrics
{
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _stale;
    private volatile IReadOnlyList<JobBacklog> _backlog = [];

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(JobTelemetry.Name);
        _duration = meter.CreateHistogram<double>("hotdash.jobs.duration", "s", "How long runs took.");
        _stale = meter.CreateCounter<long>("hotdash.jobs.stale", "{run}", "Runs that ended after their lease was lost; they changed nothing.");
        meter.CreateObservableGauge("hotdash.jobs.depth", () => Each(kind => kind.Depth), "{job}", "Jobs that are due and wait.");
        meter.CreateObservableGauge("hotdash.jobs.oldest_age", () => Each(kind => kind.OldestAge.TotalSeconds), "s", "How long the first due job has waited.");
        meter.CreateObservableGauge("hotdash.jobs.dead", () => Each(kind => kind.Dead), "{job}", "Jobs given up, kept for a person.");
    }

    public IReadOnlyList<JobBacklog> Backlog { set => _backlog = value; }

    public void Finished(string kind, string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new("kind", kind), new("outcome", outcome));

    public void Stale(int runs) => _stale.Add(runs);

    private IEnumerable<Measurement<T>> Each<T>(Func<JobBacklog, T> value) where T : struct =>
        _backlog.Select(kind => new Measurement<T>(value(kind), new KeyValuePair<string, object?>("kind", kind.Kind)));
}
