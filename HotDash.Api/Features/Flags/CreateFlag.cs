using System.ComponentModel.DataAnnotations;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

internal static class CreateFlag
{
    public sealed record Request(
        [property: Required] string? Name, bool? Enabled, decimal? RolloutPercent, IReadOnlyList<string?>? AllowedCohorts, string? StartDate,
        string? EndDate, bool? Monotone, IReadOnlyDictionary<string, string?>? Metadata, [property: Required] string? Reason)
    {
        public FlagEdit Edit => new(Enabled ?? false, RolloutPercent, AllowedCohorts, StartDate, EndDate, Monotone, Metadata);
    }

    public static async Task<Results<Created<FlagView>, ApiProblem>> HandleAsync(Request request, FlagStore flags, HttpContext http, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Require(request.Name is not null, "name", "is required.");
        var edit = request.Edit.Read(errors);
        var change = errors.Change(http, request.Reason);
        if (errors.Any)
            return errors.ToProblem();

        try
        {
            var flag = await flags.CreateAsync(edit(Flag.New(request.Name!)), change, ct);
            http.SendVersion(flag.Version);
            return TypedResults.Created($"/api/flags/{flag.Name}", FlagView.Of(flag));
        }
        catch (Exception e) when (FlagAnswers.Refused(e) is { } problem)
        {
            return problem;
        }
    }
}
