using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.SearchConsole;

/// <summary>https://developers.google.com/webmaster-tools/v1/searchanalytics/query</summary>
public sealed class SearchConsoleClient(ProviderHttp provider, SearchConsoleOptions options)
{
    public const int MaxRows = 25_000;

    /// <summary>At most <paramref name="limit"/> rows, and the totals. The last two or three days are not final yet, and not in it.</summary>
    public async Task<SearchReport> QueryAsync(Period period, SearchDimension by, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxRows);

        var whole = new SearchQuery(period.From, period.To);
        var rows = await SendAsync("search-rows", whole with { Dimensions = [by.ToString().ToUpperInvariant()], RowLimit = limit }, SearchRows.Rows, ct);
        var totals = await SendAsync("search-totals", whole, SearchRows.Totals, ct);

        return new(period, by, rows, totals);
    }

    /// <exception cref="IntegrationException">The account is refused, or does not see the property.</exception>
    public async Task EnsureReadableAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Get, "webmasters/v3/sites");
        var sites = await provider.ReadAsync("list-sites", request, SearchConsoleJson.Default.SiteList, ct);
        if (sites.SiteEntry?.Any(site => site is { PermissionLevel: not "siteUnverifiedUser" } && site.SiteUrl == options.Site) is not true)
            throw new IntegrationException(options.Key, IntegrationCodes.Rejected, "the account does not see this property", scope: FailureScope.Integration);
    }

    private async Task<T> SendAsync<T>(string operation, SearchQuery query, Func<SearchAnswer, T> read, CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Post, $"webmasters/v3/sites/{Uri.EscapeDataString(options.Site!)}/searchAnalytics/query")
        {
            Content = JsonBody.Of(query, SearchConsoleJson.Default.SearchQuery),
        };

        return await provider.ReadAsync(operation, request, SearchConsoleJson.Default.SearchAnswer, read, ct);
    }
}
