using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Commerce;
using HotDash.Integrations.Shopify;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

internal static class ListProducts
{
    public static async Task<Results<Ok<Envelope<CommercePage<Product>>>, ApiProblem>> HandleAsync(
        CommerceReads commerce,
        TimeProvider clock,
        [AsParameters] PageQuery page,
        CancellationToken ct,
        [Description("active, archived, draft or unlisted")] string? status = null,
        [Description("Looked for in several fields, whatever its case; at most 200 characters")] string? q = null)
    {
        var errors = new FieldErrors();
        var filter = new ProductFilter(errors.OneOf<ProductStatus>("status", status), errors.Filter("q", q, 200));
        var (after, limit) = page.Read<CommerceCursor>(errors);
        var query = new ProductQuery(filter, after, limit);

        return errors.Any ? errors.ToProblem() : CommercePage<Product>.Of(await commerce.ListProductsAsync(query, ct), clock);
    }
}
