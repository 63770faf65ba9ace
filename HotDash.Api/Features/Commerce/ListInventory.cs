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
        CancellationToken ct,
        [Description("Exactly this SKU; at most 200 characters")] string? sku = null,
        [Description("nextCursor of the page before")] string? cursor = null,
        [Description("1 to 100; 50 unless given. A page may hold fewer although another one follows")] string? limit = null)
    {
        var errors = new FieldErrors();
        var query = new InventoryQuery(
            sku is null ? null : errors.Required("sku", sku, 200), errors.Cursor(cursor, CommerceCursor.TryParse), errors.Limit(limit));

        return errors.Any ? errors.ToProblem() : CommercePage<InventoryItem>.Of(await commerce.ListInventoryAsync(query, ct), clock);
    }
}
