using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Support;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Support;

/// <summary>What the labels of Chatwoot mean here.</summary>
internal static class Labels
{
    public const int MaxName = 100;

    public sealed record Request([property: Required] string? Category);

    public sealed record Reply(IReadOnlyList<MappedLabel> Labels);

    public static async Task<Ok<Reply>> ListAsync(SupportLabels labels, CancellationToken ct) => TypedResults.Ok(new Reply(await labels.ListAsync(ct)));

    public static async Task<Results<Ok<MappedLabel>, ApiProblem>> MapAsync(string label, Request request, ClaimsPrincipal caller, SupportLabels labels, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Required("label", label, MaxName);
        var category = errors.Required("category", request.Category, MaxName);
        if (errors.Any)
            return errors.ToProblem();

        var mapped = new MappedLabel(label, category!);
        await labels.MapAsync(mapped, caller.Actor(), ct);
        return TypedResults.Ok(mapped);
    }

    public static async Task<Results<NoContent, ApiProblem>> UnmapAsync(string label, ClaimsPrincipal caller, SupportLabels labels, CancellationToken ct) =>
        await labels.UnmapAsync(label, caller.Actor(), ct)
            ? TypedResults.NoContent()
            : ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "This label stands for no category.");
}
