using System.Globalization;
using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.SearchConsole;

/// <summary>What HotDash shows while Search Console is not live.</summary>
public static class SearchConsoleMock
{
    private static readonly IReadOnlyList<SearchRow> Queries = SearchRows.Rows(Fixture.Read("search-console.queries.json", SearchConsoleJson.Default.SearchAnswer));

    public static SearchReport Search(Period period, SearchDimension by, int limit)
    {
        var rows = by is SearchDimension.Date
            ? [.. period.Days.Select((day, index) => Queries[index % Queries.Count] with { Key = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })]
            : Queries.Select((row, index) => row with { Key = Key(by, row.Key, index) }).DistinctBy(row => row.Key, StringComparer.Ordinal).ToList();

        return new(period, by, [.. rows.Take(limit)], Totals(rows));
    }

    private static string Key(SearchDimension by, string query, int index) => by switch
    {
        SearchDimension.Page => $"https://mock.example/{query.Replace(' ', '-')}",
        SearchDimension.Country => index % 2 is 0 ? "deu" : "aut",
        SearchDimension.Device => index % 2 is 0 ? "MOBILE" : "DESKTOP",
        _ => query,
    };

    private static SearchTotals Totals(List<SearchRow> rows)
    {
        var (clicks, impressions) = (rows.Sum(row => row.Clicks), rows.Sum(row => row.Impressions));

        return new(clicks, impressions, impressions is 0 ? 0 : (double)clicks / impressions, rows.Average(row => row.Position));
    }
}
