using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Features.Approvals;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Commerce;
using HotDash.Integrations.Shopify.Changes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

internal static class ChangeMetafields
{
    public sealed record Request(
        [property: Required, Description("A product or a variant, such as gid://shopify/Product/1")] string? OwnerId,
        [property: Required, Description("1 to 25")] IReadOnlyList<Item?>? Items);

    /// <summary>A class: a record would print the value.</summary>
    public sealed class Item
    {
        [Required, Description("3 to 255 letters, digits, '_' and '-'")]
        public string? Namespace { get; init; }

        [Required, Description("2 to 64 letters, digits, '_' and '-'")]
        public string? Key { get; init; }

        [Description("One of Shopify's, such as single_line_text_field; needed for one that is not there yet")]
        public string? Type { get; init; }

        [Required, Description("At most 20000 characters")]
        public string? Value { get; init; }
    }

    public static Task<Results<Accepted<ApprovalReply>, ApiProblem>> HandleAsync(Request request, ClaimsPrincipal caller, CommerceChanges changes, CancellationToken ct) =>
        RequestChange.AskAsync(
            new MetafieldChange(
                request.OwnerId ?? "",
                RequestChange.Items(request.Items, item => new MetafieldChange.FieldItem(item?.Namespace ?? "", item?.Key ?? "", item?.Value ?? "", item?.Type))),
            caller, changes, ct);
}
