using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Alerts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Alerts;

internal static class ListAlerts
{
    private const int MaxName = 100;

    public sealed record Reply(IReadOnlyList<Alert> Alerts, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        AlertReads alerts,
        [AsParameters] PageQuery page,
        CancellationToken ct,
        [Description("open, acknowledged or resolved")] string? state = null,
        [Description("name of an indicator")] string? indicator = null,
        [Description("what was measured, such as the key of an integration")] string? subject = null)
    {
        var errors = new FieldErrors();
        var filter = new AlertFilter(errors.OneOf<AlertState>("state", state), indicator, errors.Optional("subject", subject, MaxName));
        errors.Require(
            indicator is null || IndicatorList.Find(indicator) is not null, "indicator", $"must be one of {string.Join(", ", IndicatorList.All.Select(known => known.Name))}.");
        var (after, limit) = page.Read<AlertPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await alerts.ListAsync(filter, after, limit, ct);
        return TypedResults.Ok(new Reply(found.Items, found.Next?.ToString()));
    }
}
