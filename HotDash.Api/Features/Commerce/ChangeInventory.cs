using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Features.Approvals;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Commerce;
using HotDash.Integrations.Shopify.Changes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

internal static class ChangeInventory
{
    public sealed record Request(
        [property: Required, Description("Such as gid://shopify/Location/1")] string? LocationId,
        [property: Description("available (as it is unless given) or on_hand")] string? Name,
        [property: Description("One of Shopify's; correction unless given")] string? Reason,
        [property: Required, Description("1 to 50, all with to or all with delta")] IReadOnlyList<Item?>? Items);

    public sealed record Item(
        [property: Required, Description("Such as gid://shopify/InventoryItem/1")] string? InventoryItemId,
        [property: Description("How many you saw; refused when there are others now")] int? From,
        [property: Description("How many there shall be")] int? To,
        [property: Description("How many more, or less")] int? Delta);

    public static Task<Results<Accepted<ApprovalReply>, ApiProblem>> HandleAsync(Request request, ClaimsPrincipal caller, CommerceChanges changes, CancellationToken ct) =>
        RequestChange.AskAsync(
            new InventoryChange(
                request.LocationId ?? "",
                RequestChange.Items(request.Items, item => new InventoryChange.StockItem(item?.InventoryItemId ?? "", null, item?.From, item?.To, item?.Delta)),
                request.Name ?? "available",
                request.Reason ?? "correction"),
            caller, changes, ct);
}
