using HotDash.ControlPlane.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Webhooks;

internal static class ShowInventory
{
    public sealed record Reply(IReadOnlyList<InventorySource> Sources);

    public static async Task<Ok<Reply>> HandleAsync(WebhookInventory inventory, CancellationToken ct) => TypedResults.Ok(new Reply(await inventory.LookAsync(ct)));
}
