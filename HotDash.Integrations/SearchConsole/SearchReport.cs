using System.Text.Json.Serialization;
using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.SearchConsole;

/// <summary>What the rows of a report are about.</summary>
[JsonConverter(typeof(SnakeCaseConverter<SearchDimension>))]
public enum SearchDimension { Query, Page, Country, Device, Date }

/// <summary>How a site did in Google's search.</summary>
/// <param name="Rows">The most clicked first; days in their order.</param>
/// <param name="Totals">Of the whole period. More than the rows together: Google leaves out rare queries, for their authors' privacy.</param>
public sealed record SearchReport(Period Period, SearchDimension By, IReadOnlyList<SearchRow> Rows, SearchTotals Totals);

/// <param name="Key">The query, the page's address, the country (three letters), the device or the day.</param>
/// <param name="ClickRate">Clicks per impression, 0 to 1.</param>
/// <param name="Position">The mean place among the results; 1 is the first.</param>
public sealed record SearchRow(string Key, long Clicks, long Impressions, double ClickRate, double Position);

/// <inheritdoc cref="SearchRow"/>
public sealed record SearchTotals(long Clicks, long Impressions, double ClickRate, double? Position);
