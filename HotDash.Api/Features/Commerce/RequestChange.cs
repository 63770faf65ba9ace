using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Features.Approvals;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Commerce;
using HotDash.Integrations;
using HotDash.Integrations.Shopify.Changes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Commerce;

/// <summary>What all changes of the shop have in common: 202 means that people are asked about it.</summary>
internal static class RequestChange
{
    public static async Task<Results<Accepted<ApprovalReply>, ApiProblem>> AskAsync(ShopChange change, ClaimsPrincipal caller, CommerceChanges changes, CancellationToken ct)
    {
        try
        {
            var approval = await changes.RequestAsync(change, caller.Actor(), ct);
            return TypedResults.Accepted($"/api/approvals/{approval.Id}", ApprovalReply.Of(approval));
        }
        catch (ContentRefusedException e)
        {
            var errors = new FieldErrors();
            foreach (var problem in e.Problems)
                errors.Add(problem.Field, problem.What);
            return errors.ToProblem();
        }
    }

    /// <summary>The items of a request, or none: what is wrong with them is said with the rest.</summary>
    public static IReadOnlyList<TItem> Items<TAsked, TItem>(IReadOnlyList<TAsked?>? asked, Func<TAsked?, TItem> read) => [.. (asked ?? []).Take(Most).Select(read)];

    /// <summary>More than any change takes.</summary>
    private const int Most = 100;
}
