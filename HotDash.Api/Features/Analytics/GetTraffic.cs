using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Analytics;
using HotDash.Integrations.Analytics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Analytics;

internal static class GetTraffic
{
    public static async Task<Results<Ok<Envelope<Traffic>>, ApiProblem>> HandleAsync(
        AnalyticsReads analytics,
        TimeProvider clock,
        CancellationToken ct,
        [Description("The first day, such as 2026-12-01, in the site's own time zone; 27 days before to unless given")] string? from = null,
        [Description("The last day; yesterday unless given. At most 366 days in all")] string? to = null,
        [Description("ga4 or plausible; unless given the one that is live, or ga4")] string? provider = null)
    {
        var errors = new FieldErrors();
        var period = errors.Period(from, to, AnalyticsPeriods.LastOfTraffic(clock), AnalyticsPeriods.Days, AnalyticsPeriods.Today(clock));
        var meter = errors.OneOf<TrafficProvider>("provider", provider);
        if (errors.Any)
            return errors.ToProblem();

        return TypedResults.Ok(Envelope<Traffic>.Of(await analytics.GetTrafficAsync(period, meter, ct), traffic => traffic, clock));
    }
}
