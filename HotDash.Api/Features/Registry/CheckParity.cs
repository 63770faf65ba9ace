using HotDash.Api.Problems;
using HotDash.Integrations.Shopify.Parity;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Registry;

internal static class CheckParity
{
    public static async Task<Results<Ok<ParityReport>, ApiProblem>> HandleAsync(string key, ShopifyParity shopify, CancellationToken ct) => key is "shopify"
        ? TypedResults.Ok(await shopify.CheckAsync(ct))
        : ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "Only shopify tells its schema, so only what is asked of it can be compared.");
}
