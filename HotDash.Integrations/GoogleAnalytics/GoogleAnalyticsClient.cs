using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.GoogleAnalytics;

/// <summary>https://developers.google.com/analytics/devguides/reporting/data/v1</summary>
public sealed class GoogleAnalyticsClient(ProviderHttp provider, GoogleAnalyticsOptions options)
{
    /// <summary>What a small report costs at most of a property's 40,000 tokens an hour.</summary>
    private const int TokensPerReport = 10;

    private const string MaxRows = "10000";

    /// <summary>Traffic, conversions and revenue. The totals are asked for on their own: visitors of several days cannot be added up.</summary>
    public async Task<Traffic> GetTrafficAsync(Period period, CancellationToken ct)
    {
        var whole = new ReportRequest([new(period.From, period.To)], [.. GoogleAnalyticsTraffic.Metrics.Select(metric => new ReportName(metric))]);
        var byDay = whole with { Dimensions = [new("date")], OrderBys = [new(new("date"))], Limit = MaxRows };

        var days = await RunAsync("traffic-by-day", byDay, GoogleAnalyticsTraffic.Days, ct);
        var (totals, currency) = await RunAsync("traffic-totals", whole, GoogleAnalyticsTraffic.Totals, ct);

        return Traffic.Of(period, days, totals, currency);
    }

    /// <summary>Whether the account may read the property. Asks for the name of its description alone, which has hundreds of kilobytes.</summary>
    public async Task EnsureReadableAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, $"v1beta/properties/{options.PropertyId}/metadata?fields=name");
        await provider.SendAsync("check-property", request.Costs(TokensPerReport), ct);
    }

    private async Task<T> RunAsync<T>(string operation, ReportRequest report, Func<Report, T> read, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Post, $"v1beta/properties/{options.PropertyId}:runReport")
        {
            Content = JsonBody.Of(report, GoogleAnalyticsJson.Default.ReportRequest),
        };

        return await provider.ReadAsync(operation, request.Costs(TokensPerReport), GoogleAnalyticsJson.Default.Report, read, ct);
    }
}
