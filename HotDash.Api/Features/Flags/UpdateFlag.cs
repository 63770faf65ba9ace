using System.ComponentModel.DataAnnotations;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

/// <summary>Replaces all settings but the kill switch and the overrides.</summary>
internal static class UpdateFlag
{
    /// <param name="Name">Another name than it has renames it.</param>
    public sealed record Request(
        string? Name, bool? Enabled, decimal? RolloutPercent, IReadOnlyList<string?>? AllowedCohorts, string? StartDate,
        string? EndDate, bool? Monotone, IReadOnlyDictionary<string, string?>? Metadata, [property: Required] string? Reason)
    {
        public FlagEdit Edit => new(Enabled, RolloutPercent, AllowedCohorts, StartDate, EndDate, Monotone, Metadata);
    }

    public static async Task<Results<Ok<FlagView>, ApiProblem>> HandleAsync(
        string name, Request request, FlagStore flags, HttpContext http, CancellationToken ct)
    {
        if (Preconditions.RequireVersion(http.Request) is { } missing)
            return missing;

        var errors = new FieldErrors();
        var edit = request.Edit.Read(errors);
        var change = errors.Change(http, request.Reason);
        if (errors.Any)
            return errors.ToProblem();

        return await FlagAnswers.ChangedAsync(http, () => flags.ChangeAsync(
            name, "update", change, flag => edit(flag) with { Name = request.Name ?? flag.Name }, ct));
    }
}
