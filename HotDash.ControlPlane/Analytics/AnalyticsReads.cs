using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.SearchConsole;

namespace HotDash.ControlPlane.Analytics;

/// <summary>Traffic and searches: from the provider, else what a job kept of it, else examples.</summary>
public sealed class AnalyticsReads
{
    private readonly TrafficMeters _meters;
    private readonly SearchConsoleClient _searchConsole;
    private readonly SearchConsoleOptions _searchOptions;
    private readonly ReadChain _chain;

    internal AnalyticsReads(TrafficMeters meters, SearchConsoleClient searchConsole, SearchConsoleOptions searchOptions, ReadChain chain) =>
        (_meters, _searchConsole, _searchOptions, _chain) = (meters, searchConsole, searchOptions, chain);

    /// <param name="provider">Null asks the one that is live; Google Analytics, which knows conversions and revenue, if both are.</param>
    public Task<Answer<Traffic>> GetTrafficAsync(Period period, TrafficProvider? provider, CancellationToken ct)
    {
        var meter = _meters[provider ?? _meters.Preferred];

        return _chain.AnswerAsync(meter.Options, new Read<Traffic>
        {
            Live = token => meter.GetAsync(period, token),
            Mock = () => meter.Mock(period),
            SnapshotKey = AnalyticsKeys.Traffic(meter.Provider),
            KeepsAnswer = false,
            FromSnapshot = kept => kept.Within(period),
        }, ct);
    }

    /// <param name="limit">1 to 100 rows.</param>
    public Task<Answer<SearchReport>> SearchAsync(Period period, SearchDimension by, int limit, CancellationToken ct) =>
        _chain.AnswerAsync(_searchOptions, new Read<SearchReport>
        {
            Live = token => _searchConsole.QueryAsync(period, by, limit, token),
            Mock = () => SearchConsoleMock.Search(period, by, limit),
            SnapshotKey = AnalyticsKeys.Search(by),
            KeepsAnswer = false,
            FromSnapshot = kept => IsCloseTo(kept.Period, period) ? kept with { Rows = [.. kept.Rows.Take(limit)] } : null,
        }, ct);

    /// <summary>Searches of other days cannot be cut out of a report; one that is a few days older says nearly the same, and names its days.</summary>
    private static bool IsCloseTo(Period kept, Period asked) =>
        kept.Length == asked.Length && asked.To.DayNumber - kept.To.DayNumber is >= 0 and <= 7;
}
