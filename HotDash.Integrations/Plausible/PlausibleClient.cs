using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.Plausible;

/// <summary>https://plausible.io/docs/stats-api</summary>
public sealed class PlausibleClient(ProviderHttp provider, PlausibleOptions options, TimeProvider clock)
{
    private const string Day = "time:day";
    private const int MaxRows = 10_000;

    private static readonly string[] Metrics = ["visitors", "visits", "pageviews"];

    /// <summary>The totals are asked for on their own: visitors of several days cannot be added up.</summary>
    public async Task<Traffic> GetTrafficAsync(Period period, CancellationToken ct)
    {
        var whole = new PlausibleQuery(options.SiteId!, Metrics, [period.From, period.To]);
        var byDay = whole with { Dimensions = [Day], OrderBy = [[Day, "asc"]], Pagination = new(MaxRows) };

        var days = await QueryAsync("traffic-by-day", byDay, PlausibleTraffic.Days, ct);
        var totals = await QueryAsync("traffic-totals", whole, PlausibleTraffic.Totals, ct);

        return Traffic.Of(period, days, totals);
    }

    /// <summary>Whether the key may read the site, by yesterday's visitors: in every time zone that day has begun.</summary>
    public Task EnsureReadableAsync(CancellationToken ct)
    {
        var yesterday = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-1);
        return QueryAsync("check-site", new(options.SiteId!, ["visitors"], [yesterday, yesterday]), answer => answer, ct);
    }

    private async Task<T> QueryAsync<T>(string operation, PlausibleQuery query, Func<PlausibleAnswer, T> read, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Post, "api/v2/query") { Content = JsonBody.Of(query, PlausibleJson.Default.PlausibleQuery) };

        return await provider.ReadAsync(operation, request, PlausibleJson.Default.PlausibleAnswer, read, ct);
    }
}
