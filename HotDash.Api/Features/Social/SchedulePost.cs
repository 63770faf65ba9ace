using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Social;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Social;

internal static class SchedulePost
{
    public sealed record Request(
        [property: Required, Description("1 to 10,000 characters")] string? Text,
        [property: Required, Description("1 to 50 accounts, each once")] IReadOnlyList<string?>? AccountIds,
        [property: Description("RFC 3339 with its zone, at least a minute ahead; at once unless given")] string? ScheduledAt);

    public sealed record Reply(bool Ok, string JobId);

    public static async Task<Results<Accepted<Reply>, ApiProblem>> HandleAsync(
        Request request,
        HttpRequest http,
        ClaimsPrincipal caller,
        PostCheck check,
        PostIntake intake,
        CancellationToken ct)
    {
        if (!RequestIdempotency.TryRead(http.Headers, caller.KeyId(), request, out var key, out var refusal))
            return refusal;
        if (key is not null && await intake.RecallAsync(key, ct) is { } earlier)
            return Answer(earlier);

        var (post, problem) = await check.CheckAsync(request, caller.KeyId(), key, ct);
        return post is null ? problem! : Answer(await intake.AcceptAsync(post with { Actor = caller.Actor() }, ct));
    }

    private static Results<Accepted<Reply>, ApiProblem> Answer(Acceptance acceptance) => acceptance.Result switch
    {
        AcceptanceResult.Accepted => TypedResults.Accepted($"/api/social/status/{acceptance.JobId}", new Reply(true, acceptance.JobId!)),
        AcceptanceResult.InFlight => RequestIdempotency.InFlight(),
        AcceptanceResult.KeyReused => RequestIdempotency.Reused(),
        _ => ApiProblem.Invalid("scheduledAt", "must be at least a minute ahead."),
    };
}
