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
        [AsParameters] PageQuery page,
        CancellationToken ct)
    {
        var errors = new FieldErrors();
        var filter = query.Read(errors);
        var (after, limit) = page.Read<WebhookPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await webhooks.ListAsync(filter, after, limit, ct);
        return TypedResults.Ok(new Reply(found.Items, found.Next?.ToString()));
    }
}
