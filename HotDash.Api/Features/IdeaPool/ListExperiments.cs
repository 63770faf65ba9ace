using HotDash.Api.Requests;
using HotDash.ControlPlane.IdeaPool;
using HotDash.Integrations.Supabase;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.IdeaPool;

internal static class ListExperiments
{
    public sealed record List(IReadOnlyList<Experiment> Items);

    public static async Task<Ok<Envelope<List>>> HandleAsync(IdeaPoolReads ideas, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(Envelope<List>.Of(await ideas.ListExperimentsAsync(ct), experiments => new List(experiments), clock));
}
