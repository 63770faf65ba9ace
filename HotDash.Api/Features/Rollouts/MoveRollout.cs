using System.ComponentModel.DataAnnotations;
using HotDash.Api.Features.Flags;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

/// <summary>The moves of a rollout that a person makes.</summary>
internal static class MoveRollout
{
    public sealed record ReasonRequest([property: Required] string? Reason);

    /// <param name="Force">Also when the stage is not known to be healthy; but not when it does harm.</param>
    public sealed record AdvanceRequest([property: Required] string? Reason, bool? Force);

    public static Task<Results<Ok<RolloutReply>, ApiProblem>> AdvanceAsync(string flag, AdvanceRequest request, RolloutStore rollouts, HttpContext http, CancellationToken ct) =>
        MoveAsync(request.Reason, change => rollouts.AdvanceAsync(flag, request.Force is true, change, ct), http);

    public static Task<Results<Ok<RolloutReply>, ApiProblem>> PauseAsync(string flag, ReasonRequest request, RolloutStore rollouts, HttpContext http, CancellationToken ct) =>
        MoveAsync(request.Reason, change => rollouts.PauseAsync(flag, change, ct), http);

    public static Task<Results<Ok<RolloutReply>, ApiProblem>> ResumeAsync(string flag, ReasonRequest request, RolloutStore rollouts, HttpContext http, CancellationToken ct) =>
        MoveAsync(request.Reason, change => rollouts.ResumeAsync(flag, change, ct), http);

    public static Task<Results<Ok<RolloutReply>, ApiProblem>> RollbackAsync(string flag, ReasonRequest request, RolloutStore rollouts, HttpContext http, CancellationToken ct) =>
        MoveAsync(request.Reason, change => rollouts.RollbackAsync(flag, change, ct), http);

    private static async Task<Results<Ok<RolloutReply>, ApiProblem>> MoveAsync(string? reason, Func<FlagChange, Task<Rollout?>> move, HttpContext http)
    {
        var errors = new FieldErrors();
        var change = errors.Change(http, reason);
        if (errors.Any)
            return errors.ToProblem();

        return await RolloutAnswers.MovedAsync(() => move(change), FlagAnswers.NoSuchFlag);
    }
}
