using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Commerce;

internal static class CommerceEndpoints
{
    public static void MapCommerce(this IEndpointRouteBuilder api)
    {
        var commerce = api.MapGroup("/commerce").WithTags("Commerce");

        commerce.MapGet("/orders", ListOrders.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("status", "financialStatus", "fulfillmentStatus", "from", "to", "cursor", "limit")
            .WithSummary("Lists orders, newest first").WithProblems(400, 409);
        commerce.MapGet("/products", ListProducts.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("status", "q", "cursor", "limit")
            .WithSummary("Lists products, last changed first").WithProblems(400, 409);
        commerce.MapGet("/inventory", ListInventory.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("sku", "cursor", "limit")
            .WithSummary("Lists what is stocked, location by location").WithProblems(400, 409);
    }
}
