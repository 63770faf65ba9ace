using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Support;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Support;

/// <summary>The categories of one conversation, which its labels in Chatwoot say, and which are set here or there.</summary>
internal static class Categories
{
    private const int MaxCategories = 20;

    public sealed record Request([property: Required] IReadOnlyList<string?>? Categories);

    public static async Task<Results<Ok<ConversationCategories>, ApiProblem>> ShowAsync(string id, SupportLabels labels, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Number("id", id, "a conversation");
        if (errors.Any)
            return errors.ToProblem();

        return await labels.OfAsync(id, ct) is { } categories
            ? TypedResults.Ok(categories)
            : ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "Nothing is known of the labels of this conversation yet.");
    }

    public static async Task<Results<Accepted<ConversationCategories>, ApiProblem>> SetAsync(
        string id, Request request, ClaimsPrincipal caller, SupportLabels labels, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Number("id", id, "a conversation");
        errors.Require(request.Categories is { Count: <= MaxCategories }, "categories", $"is required: up to {MaxCategories}; none takes all away.");
        IReadOnlyList<string?> categories = request.Categories ?? [];
        for (var place = 0; place < categories.Count; place++)
            errors.Required($"categories[{place}]", categories[place], Labels.MaxName);
        if (errors.Any)
            return errors.ToProblem();

        try
        {
            return TypedResults.Accepted($"/api/support/conversations/{id}/categories", await labels.SetAsync(id, [.. categories.OfType<string>()], caller.Actor(), ct));
        }
        catch (UnknownCategoryException e)
        {
            return ApiProblem.Invalid("categories", $"No label stands for {e.Category}: map one first (PUT /api/support/labels/<label>).");
        }
    }
}
