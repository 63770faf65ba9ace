using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

internal static class ValidateRollout
{
    /// <param name="Ready">Nothing is wrong; of some things there may be nothing to say.</param>
    public sealed record Reply(bool Ready, IReadOnlyList<ValidationStep> Checks);

    public static async Task<Ok<Reply>> HandleAsync(string flag, RolloutValidation validation, CancellationToken ct)
    {
        var steps = await validation.RunAsync(flag, ct);
        return TypedResults.Ok(new Reply(steps.All(step => step.Ok is not false), steps));
    }
}
