using System.Text.Json;
using HotDash.ControlPlane.Snapshots;
using HotDash.Integrations;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.SearchConsole;

namespace HotDash.ControlPlane.Analytics;

/// <summary>Keeps what reads fall back on. Does nothing for an integration that is not live.</summary>
public sealed class AnalyticsSnapshots
{
    private static readonly SearchDimension[] Kept = [SearchDimension.Query, SearchDimension.Page];

    private readonly TrafficMeters _meters;
    private readonly SearchConsoleClient _searchConsole;
    private readonly SearchConsoleOptions _searchOptions;
    private readonly SnapshotStore _snapshots;
    private readonly TimeProvider _clock;

    internal AnalyticsSnapshots(
        TrafficMeters meters, SearchConsoleClient searchConsole, SearchConsoleOptions searchOptions, SnapshotStore snapshots, TimeProvider clock) =>
        (_meters, _searchConsole, _searchOptions, _snapshots, _clock) = (meters, searchConsole, searchOptions, snapshots, clock);

    /// <exception cref="IntegrationException">The provider failed; the earlier snapshot stays.</exception>
    public async Task KeepTrafficAsync(TrafficProvider provider, CancellationToken ct)
    {
        var meter = _meters[provider];
        if (meter.Options.State is not IntegrationState.Live)
            return;

        var traffic = await meter.GetAsync(Period.Until(AnalyticsPeriods.LastOfTraffic(_clock), AnalyticsKeys.DaysOfTraffic), ct);
        await KeepAsync(AnalyticsKeys.Traffic(provider), traffic, ct);
    }

    /// <inheritdoc cref="KeepTrafficAsync"/>
    public async Task KeepSearchesAsync(CancellationToken ct)
    {
        if (_searchOptions.State is not IntegrationState.Live)
            return;

        var period = Period.Until(AnalyticsPeriods.LastOfSearches(_clock), AnalyticsPeriods.Days);
        foreach (var by in Kept)
            await KeepAsync(AnalyticsKeys.Search(by), await _searchConsole.QueryAsync(period, by, AnalyticsKeys.RowsOfSearches, ct), ct);
    }

    private Task KeepAsync<T>(string key, T value, CancellationToken ct) =>
        _snapshots.SaveAsync(key, JsonSerializer.Serialize(value, JsonSerializerOptions.Web), _clock.GetUtcNow(), ct);
}
