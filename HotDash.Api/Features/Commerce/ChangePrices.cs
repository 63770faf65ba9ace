using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Features.Approvals;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Commerce;
using HotDash.Integrations.Shopify.Changes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

internal static class ChangePrices
{
    public sealed record Request(
        [property: Required, Description("Such as gid://shopify/Product/1")] string? ProductId,
        [property: Description("true: the others go ahead when Shopify refuses one; else it is all or none")] bool? AllowPartial,
        [property: Required, Description("1 to 50")] IReadOnlyList<Item?>? Items);

    public sealed record Item(
        [property: Required, Description("Such as gid://shopify/ProductVariant/1")] string? VariantId,
        [property: Description("The prices that you saw; refused when there are others now")] Prices? From,
        [property: Description("In the shop's currency; as it is unless given")] decimal? Price,
        [property: Description("What is shown as the former price; 0: none, as it is unless given")] decimal? CompareAtPrice);

    public sealed record Prices([property: Required] decimal? Price, [property: Description("0, or not given: there is none")] decimal? CompareAtPrice);

    public static Task<Results<Accepted<ApprovalReply>, ApiProblem>> HandleAsync(Request request, ClaimsPrincipal caller, CommerceChanges changes, CancellationToken ct) =>
        RequestChange.AskAsync(
            new PriceChange(
                request.ProductId ?? "",
                RequestChange.Items(request.Items, item => new PriceChange.VariantItem(
                    item?.VariantId ?? "", null, item?.From is { } from ? new(from.Price ?? -1, from.CompareAtPrice ?? 0) : null, item?.Price, item?.CompareAtPrice)),
                request.AllowPartial is true),
            caller, changes, ct);
}
