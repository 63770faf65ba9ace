using HotDash.Api.Problems;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Registry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Registry;

internal static class ShowIntegration
{
    private const int Last = 20;

    /// <param name="LastCalls">The newest first, those of ten seconds together.</param>
    public sealed record Reply(IntegrationReply Integration, IReadOnlyList<OperationCalls> LastCalls);

    public sealed record OperationCalls(DateTimeOffset At, string Operation, string Source, CallsReply Calls);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(string key, IntegrationRegistry registry, OutcomeReads outcomes, CancellationToken ct)
    {
        if (await registry.GetAsync(key, ct) is not { } view)
            return NoSuchIntegration();

        var last = await outcomes.LastAsync(new(IntegrationRegistry.Span, key), Last, ct);
        return TypedResults.Ok(new Reply(
            IntegrationReply.Of(view), [.. last.Select(bucket => new OperationCalls(bucket.At, bucket.Operation, bucket.Source, CallsReply.Of(bucket.Summary)))]));
    }

    public static ApiProblem NoSuchIntegration() =>
        ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no integration with this key; GET /api/integrations lists them.");
}
