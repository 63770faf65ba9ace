using HotDash.ControlPlane.Analytics;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs.Analytics;

/// <summary>Keeps Google Analytics' last 90 days, so that they can be shown while it is down.</summary>
internal sealed class KeepGoogleTraffic(AnalyticsSnapshots snapshots) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await snapshots.KeepTrafficAsync(TrafficProvider.Ga4, ct);
        return JobOutcome.Done;
    }
}

/// <summary>The same for Plausible: a job of its own, so that one that fails does not hold the other up.</summary>
internal sealed class KeepPlausibleTraffic(AnalyticsSnapshots snapshots) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await snapshots.KeepTrafficAsync(TrafficProvider.Plausible, ct);
        return JobOutcome.Done;
    }
}

/// <summary>Keeps the most clicked queries and pages of the last 28 days that are final.</summary>
internal sealed class KeepSearches(AnalyticsSnapshots snapshots) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await snapshots.KeepSearchesAsync(ct);
        return JobOutcome.Done;
    }
}
