using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

/// <summary>What every change of a flag can answer.</summary>
internal static class FlagAnswers
{
    public static ApiProblem NoSuchFlag() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no flag with this name.");

    public static ApiProblem? Refused(Exception e) => e switch
    {
        InvalidFlagException invalid => ApiProblem.Invalid(invalid.Field, invalid.Message),
        FlagVersionException other => Preconditions.Failed(other.Version),
        FlagNameTakenException => ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.NameTaken, e.Message),
        _ => null,
    };

    /// <summary>The flag as it is after the change, with its new version as ETag.</summary>
    public static async Task<Results<Ok<FlagView>, ApiProblem>> ChangedAsync(HttpContext http, Func<Task<Flag?>> change)
    {
        try
        {
            if (await change() is not { } flag)
                return NoSuchFlag();

            http.SendVersion(flag.Version);
            return TypedResults.Ok(FlagView.Of(flag));
        }
        catch (Exception e) when (Refused(e) is { } problem)
        {
            return problem;
        }
    }
}
