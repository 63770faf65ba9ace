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
            .WithSummary("Lists what is stocked, location by location")
            .WithDescription("A page may hold fewer than its limit although another one follows.").WithProblems(400, 409);
        commerce.MapChanges();
    }

    private static void MapChanges(this IEndpointRouteBuilder commerce)
    {
        const string how = "202 means that people are asked: nothing changes before enough of them approved it. They see what is there now; if that is another when the change is made, they are asked again.";

        commerce.MapPost("/inventory/changes", ChangeInventory.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Asks for a change of stock at one location").WithDescription(how).WithProblems(400, 413, 415);
        commerce.MapPost("/prices/changes", ChangePrices.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Asks for other prices of a product's variants").WithDescription(how).WithProblems(400, 413, 415);
        commerce.MapPost("/metafields/changes", ChangeMetafields.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Asks for metafields of a product or a variant").WithDescription(how).WithProblems(400, 413, 415);
    }
}
