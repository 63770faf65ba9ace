using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Flags;

internal static class ShowFlag
{
    public sealed record OverridesReply(IReadOnlyList<FlagOverride> Overrides);

    public static async Task<Results<Ok<FlagView>, ApiProblem>> HandleAsync(string name, FlagReads flags, HttpContext http, CancellationToken ct)
    {
        if (await flags.FindAsync(name, ct) is not { } flag)
            return FlagAnswers.NoSuchFlag();

        http.SendVersion(flag.Version);
        return TypedResults.Ok(FlagView.Of(flag));
    }

    public static async Task<Results<Ok<OverridesReply>, ApiProblem>> OverridesAsync(string name, FlagReads flags, CancellationToken ct) =>
        await flags.FindAsync(name, ct) is null ? FlagAnswers.NoSuchFlag() : TypedResults.Ok(new OverridesReply(await flags.OverridesAsync(name, ct)));
}
