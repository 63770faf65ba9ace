using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>What an indicator was over a stretch of time.</summary>
/// <param name="Measurements">By subject.</param>
public sealed record IndicatorReading(Indicator Indicator, IndicatorRule Rule, DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Measurement> Measurements);

/// <summary>Measures indicators, by what is stored.</summary>
public sealed class IndicatorReads(NpgsqlDataSource store, IOptions<AlertOptions> options)
{
    /// <summary>All that are not switched off.</summary>
    /// <param name="to">Null: now.</param>
    /// <param name="from">Null: each indicator's own window before <paramref name="to"/>.</param>
    public async Task<IReadOnlyList<IndicatorReading>> MeasureAsync(DateTimeOffset? from, DateTimeOffset? to, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        var end = to ?? new DateTimeOffset(await connection.ExecuteScalarAsync<DateTime>(new CommandDefinition("select hotdash_now()", cancellationToken: ct)));

        List<IndicatorReading> readings = [];
        foreach (var (indicator, rule) in options.Value.Rules())
            readings.Add(await MeasureAsync(connection, indicator, rule, from ?? end - rule.Window, end, ct));

        return readings;
    }

    private static async Task<IndicatorReading> MeasureAsync(
        NpgsqlConnection connection, Indicator indicator, IndicatorRule rule, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var rows = await connection.QueryAsync<Measurement>(new CommandDefinition(
            indicator.Sql, new { from = from.UtcDateTime, to = to.UtcDateTime }, cancellationToken: ct));

        return new(indicator, rule, from, to, [.. rows.OrderBy(row => row.Subject, StringComparer.Ordinal)]);
    }
}
