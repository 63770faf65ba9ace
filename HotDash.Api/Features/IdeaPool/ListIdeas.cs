using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.IdeaPool;
using HotDash.Integrations.Supabase;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.IdeaPool;

internal static class ListIdeas
{
    public sealed record Page(IReadOnlyList<Idea> Items, IdeaTotals Totals, string? NextCursor);

    public static async Task<Results<Ok<Envelope<Page>>, ApiProblem>> HandleAsync(
        IdeaPoolReads ideas,
        TimeProvider clock,
        [AsParameters] PageQuery page,
        CancellationToken ct,
        [Description("pending_review, draft, approved or rejected")] string? status = null,
        [Description("high, medium or low")] string? priority = null,
        [Description("Looked for in title and rationale, whatever its case; at most 200 characters")] string? q = null)
    {
        var errors = new FieldErrors();
        var filter = new IdeaFilter(
            errors.OneOf<IdeaStatus>("status", status), errors.OneOf<IdeaPriority>("priority", priority), errors.Filter("q", q, 200));
        var (after, limit) = page.Read<IdeaCursor>(errors);
        var query = new IdeaQuery(filter, after, limit);
        if (errors.Any)
            return errors.ToProblem();

        if (await ideas.ListAsync(query, ct) is not { } answer)
            return Cursors.SourceChanged();

        return TypedResults.Ok(Envelope<Page>.Of(
            answer,
            found => new Page(found.Items, found.Totals, found.Next is { } next ? new IdeaCursor(answer.Source, next).ToString() : null),
            clock));
    }
}
