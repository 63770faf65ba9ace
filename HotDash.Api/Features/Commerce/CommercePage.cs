using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Shopify;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

/// <summary>A page of orders, products or stock.</summary>
internal sealed record CommercePage<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    public static Results<Ok<Envelope<CommercePage<T>>>, ApiProblem> Of(Answer<ShopifyPage<T>>? answer, TimeProvider clock) => answer is null
        ? Cursors.SourceChanged()
        : TypedResults.Ok(Envelope<CommercePage<T>>.Of(
            answer,
            page => new CommercePage<T>(page.Items, page.Next is { } next ? new CommerceCursor(answer.Source, next).ToString() : null),
            clock));
}
