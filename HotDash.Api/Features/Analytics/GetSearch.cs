using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Analytics;
using HotDash.Integrations.SearchConsole;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Analytics;

internal static class GetSearch
{
    public static async Task<Results<Ok<Envelope<SearchReport>>, ApiProblem>> HandleAsync(
        AnalyticsReads analytics,
        TimeProvider clock,
        CancellationToken ct,
        [Description("The first day, such as 2026-12-01, in Pacific time; 27 days before to unless given")] string? from = null,
        [Description("The last day; three days ago unless given, because later ones are not final. At most 366 days in all")] string? to = null,
        [Description("What the rows are about: query (unless given), page, country, device or date")] string? by = null,
        [Description("1 to 100; 50 unless given")] string? limit = null)
    {
        var errors = new FieldErrors();
        var period = errors.Period(from, to, AnalyticsPeriods.LastOfSearches(clock), AnalyticsPeriods.Days, AnalyticsPeriods.Today(clock));
        var dimension = errors.OneOf<SearchDimension>("by", by) ?? SearchDimension.Query;
        var count = errors.Limit(limit);
        if (errors.Any)
            return errors.ToProblem();

        return TypedResults.Ok(Envelope<SearchReport>.Of(await analytics.SearchAsync(period, dimension, count, ct), report => report, clock));
    }
}
