using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Webhooks;

internal static class ListWebhooks
{
    public sealed record Reply(IReadOnlyList<WebhookView> Events, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        [AsParameters] WebhookQuery query,
        WebhookReads webhooks,
        CancellationToken ct,
        [Description("nextCursor of the page before")] string? cursor = null,
        [Description("1 to 100; 50 unless given")] string? limit = null)
    {
        var errors = new FieldErrors();
        var filter = query.Read(errors);
        var after = errors.Cursor(cursor, WebhookPosition.TryParse);
        var count = errors.Limit(limit);
        if (errors.Any)
            return errors.ToProblem();

        var page = await webhooks.ListAsync(filter, after, count, ct);
        return TypedResults.Ok(new Reply(page.Items, page.Next?.ToString()));
    }
}
