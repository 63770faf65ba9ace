using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

internal static class DeleteFlag
{
    public static async Task<Results<NoContent, ApiProblem>> HandleAsync(string name, FlagStore flags, HttpContext http, CancellationToken ct, string? reason = null)
    {
        if (Preconditions.RequireVersion(http.Request) is { } missing)
            return missing;

        var errors = new FieldErrors();
        var change = errors.Change(http, reason);
        if (errors.Any)
            return errors.ToProblem();

        try
        {
            return await flags.DeleteAsync(name, change, ct) ? TypedResults.NoContent() : FlagAnswers.NoSuchFlag();
        }
        catch (Exception e) when (FlagAnswers.Refused(e) is { } problem)
        {
            return problem;
        }
    }
}
