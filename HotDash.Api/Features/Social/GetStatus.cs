using HotDash.Api.Problems;
using HotDash.ControlPlane.Social;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Social;

internal static class GetStatus
{
    public sealed record Reply(bool Ok, PostStatus Status);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(string jobId, PostReads posts, CancellationToken ct) =>
        !jobId.Contains('\0', StringComparison.Ordinal) && await posts.FindAsync(jobId, ct) is { } post
            ? TypedResults.Ok(new Reply(true, PostStatus.Of(post)))
            : ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no post with this job id.");
}
