using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Commerce;
using HotDash.Integrations.Shopify;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

internal static class ListInventory
{
    public static async Task<Results<Ok<Envelope<CommercePage<InventoryItem>>>, ApiProblem>> HandleAsync(
        CommerceReads commerce,
        TimeProvider clock,
        [AsParameters] PageQuery page,
        CancellationToken ct,
        [Description("Exactly this SKU; at most 200 characters")] string? sku = null)
    {
        var errors = new FieldErrors();
        var (after, limit) = page.Read<CommerceCursor>(errors);
        var query = new InventoryQuery(sku is null ? null : errors.Required("sku", sku, 200), after, limit);

        return errors.Any ? errors.ToProblem() : CommercePage<InventoryItem>.Of(await commerce.ListInventoryAsync(query, ct), clock);
    }
}
