using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>What an indicator was over a stretch of time.</summary>
/// <param name="Measurements">By subject; null when it could not be measured.</param>
public sealed record IndicatorReading(
    Indicator Indicator, IndicatorRule Rule, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Measurement>? Measurements);

/// <summary>Measures indicators, by what is stored.</summary>
public sealed partial class IndicatorReads(NpgsqlDataSource store, IOptions<AlertOptions> options, ILogger<IndicatorReads> logger)
{
    private const string Here = "hotdash";

    /// <summary>All that are not switched off. One that cannot be measured keeps no other from being measured.</summary>
    /// <param name="to">Null: now.</param>
    /// <param name="from">Null: each indicator's own window before <paramref name="to"/>.</param>
    public async Task<IReadOnlyList<IndicatorReading>> MeasureAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        var end = to ?? await NowAsync(ct);

        List<IndicatorReading> readings = [];
        foreach (var (indicator, rule) in options.Value.Rules())
        {
            var start = from ?? end - rule.Window;
            var measured = indicator.Sql is { } sql ? await MeasureAsync(indicator.Name, sql, start, end, ct) : [Failed(readings)];
            readings.Add(new(indicator, rule, start, end, measured));
        }

        return readings;
    }

    private static Measurement Failed(List<IndicatorReading> readings) =>
        new(Here, readings.Count(reading => reading.Measurements is null), readings.Count);

    private async Task<IReadOnlyList<Measurement>?> MeasureAsync(string name, string sql, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        try
        {
            var rows = await store.QueryAsync<Measurement>(sql, new { from = from.UtcDateTime, to = to.UtcDateTime }, ct);

            return [.. rows.OrderBy(row => row.Subject, StringComparer.Ordinal)];
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogUnmeasured(e, name);
            return null;
        }
    }

    private async Task<DateTimeOffset> NowAsync(CancellationToken ct) => new(await store.QueryFirstAsync<DateTime>("select hotdash_now()", null, ct));

    [LoggerMessage(Level = LogLevel.Error, Message = "The indicator {Indicator} cannot be measured.")]
    private partial void LogUnmeasured(Exception e, string indicator);
}
