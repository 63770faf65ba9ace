using System.ComponentModel.DataAnnotations;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

internal static class OverrideFlag
{
    public sealed record Request([property: Required] bool? On, [property: Required] string? Reason);

    public static async Task<Results<Ok<FlagView>, ApiProblem>> SetAsync(
        string name, string user, Request request, FlagStore flags, HttpContext http, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Require(request.On is not null, "on", "is required: true or false.");
        return await ChangeAsync(name, user, request.On, errors, request.Reason, flags, http, ct);
    }

    public static Task<Results<Ok<FlagView>, ApiProblem>> ClearAsync(
        string name, string user, FlagStore flags, HttpContext http, CancellationToken ct, string? reason = null) =>
        ChangeAsync(name, user, on: null, new(), reason, flags, http, ct);

    private static async Task<Results<Ok<FlagView>, ApiProblem>> ChangeAsync(
        string name, string user, bool? on, FieldErrors errors, string? reason, FlagStore flags, HttpContext http, CancellationToken ct)
    {
        errors.Who(user, cohort: null);
        var change = errors.Change(http, reason);
        if (errors.Any)
            return errors.ToProblem();

        return await FlagAnswers.ChangedAsync(http, () => flags.OverrideAsync(name, user, on, change, ct));
    }
}
