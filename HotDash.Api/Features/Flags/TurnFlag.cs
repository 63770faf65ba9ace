using System.ComponentModel.DataAnnotations;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

/// <summary>The changes that are made in a hurry: they need no version, and making one twice is harmless (but for a rollback by steps).</summary>
internal static class TurnFlag
{
    public sealed record ReasonRequest([property: Required] string? Reason);

    public sealed record EnableRequest([property: Required] decimal? Percent, [property: Required] string? Reason);

    public sealed record RollbackRequest([property: Required] decimal? Decrement, [property: Required] string? Reason);

    public static Task<Results<Ok<FlagView>, ApiProblem>> EnableAsync(string name, EnableRequest request, FlagStore flags, HttpContext http, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var percent = errors.Percent("percent", request.Percent);
        return ChangeAsync(name, "enable", errors, request.Reason, flag => flag with { Enabled = true, RolloutPercent = percent }, flags, http, ct);
    }

    public static Task<Results<Ok<FlagView>, ApiProblem>> RollbackAsync(string name, RollbackRequest request, FlagStore flags, HttpContext http, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var decrement = errors.Percent("decrement", request.Decrement);
        return ChangeAsync(name, "rollback", errors, request.Reason, flag => flag with { RolloutPercent = flag.RolloutPercent.Less(decrement) }, flags, http, ct);
    }

    public static Task<Results<Ok<FlagView>, ApiProblem>> DisableAsync(string name, ReasonRequest request, FlagStore flags, HttpContext http, CancellationToken ct) =>
        ChangeAsync(name, "disable", new(), request.Reason, flag => flag with { Enabled = false }, flags, http, ct);

    public static Task<Results<Ok<FlagView>, ApiProblem>> KillAsync(string name, ReasonRequest request, FlagStore flags, HttpContext http, CancellationToken ct) =>
        ChangeAsync(name, "kill", new(), request.Reason, flag => flag with { Killed = true }, flags, http, ct);

    public static Task<Results<Ok<FlagView>, ApiProblem>> UnkillAsync(string name, ReasonRequest request, FlagStore flags, HttpContext http, CancellationToken ct) =>
        ChangeAsync(name, "unkill", new(), request.Reason, flag => flag with { Killed = false }, flags, http, ct);

    private static async Task<Results<Ok<FlagView>, ApiProblem>> ChangeAsync(
        string name, string action, FieldErrors errors, string? reason, Func<Flag, Flag> edit, FlagStore flags, HttpContext http, CancellationToken ct)
    {
        var change = errors.Change(http, reason);
        if (errors.Any)
            return errors.ToProblem();

        return await FlagAnswers.ChangedAsync(http, () => flags.ChangeAsync(name, action, change, edit, ct));
    }
}
