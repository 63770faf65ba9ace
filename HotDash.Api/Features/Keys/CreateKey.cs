using System.ComponentModel.DataAnnotations;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Keys;

internal static class CreateKey
{
    /// <param name="Cohort">Flags that are on for this cohort are on for the key: <c>internal</c>, <c>beta</c> or <c>premium</c>.</param>
    public sealed record Request([property: Required] string? Name, [property: Required] IReadOnlyList<string?>? Scopes, string? ExpiresAt, string? Cohort);

    /// <summary>A class: a record would print the token.</summary>
    public sealed class Reply(Guid id, string token)
    {
        public Guid Id => id;

        public string Token => token;
    }

    public static async Task<Results<Created<Reply>, ApiProblem>> HandleAsync(
        Request request, ApiKeyStore keys, HttpContext http, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Require(request.Name is not null, "name", "is required.");
        errors.Require(request.Scopes is not null, "scopes", "is required.");
        var expiresAt = errors.Time("expiresAt", request.ExpiresAt);
        if (errors.Any)
            return errors.ToProblem();

        try
        {
            var key = await keys.CreateAsync(request.Name!, [.. request.Scopes!.Select(scope => scope ?? "")], expiresAt, http.User.Actor(), request.Cohort, ct);
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Created($"/api/keys/{key.Id}", new Reply(key.Id, key.Token));
        }
        catch (InvalidApiKeyException e)
        {
            return ApiProblem.Invalid(e.Field, e.Message);
        }
    }
}
