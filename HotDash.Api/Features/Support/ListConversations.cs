using System.ComponentModel;
using System.Globalization;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Support;
using HotDash.Integrations.Chatwoot;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Support;

internal static class ListConversations
{
    public sealed record Page(IReadOnlyList<Conversation> Items, ConversationTotals Totals, string? NextCursor);

    public static async Task<Results<Ok<Envelope<Page>>, ApiProblem>> HandleAsync(
        SupportReads support,
        TimeProvider clock,
        CancellationToken ct,
        [Description("open, resolved, pending or snoozed; any unless given")] string? status = null,
        [Description("me (HotDash's own agent), assigned, unassigned or all; all unless given")] string? assignee = null,
        [Description("Number of the inbox")] string? inbox = null,
        [Description("Only conversations with this label; at most 100 characters")] string? label = null,
        [Description("Looked for in messages, whatever its case; at most 200 characters")] string? q = null,
        [Description("nextCursor of the page before; pages are as large as Chatwoot makes them (25)")] string? cursor = null)
    {
        var errors = new FieldErrors();
        var filter = new ConversationFilter(
            errors.OneOf<ConversationStatus>("status", status),
            errors.OneOf<AssigneeType>("assignee", assignee) ?? AssigneeType.All,
            Inbox(errors, inbox),
            errors.Filter("label", label, 100),
            errors.Filter("q", q, 200));
        var query = new SupportQuery(filter, errors.After<SupportCursor>(cursor));
        if (errors.Any)
            return errors.ToProblem();

        return await support.ListAsync(query, ct) is { } answer
            ? TypedResults.Ok(Envelope<Page>.Of(answer, found => new Page(found.Page.Items, found.Page.Totals, found.Next?.ToString()), clock))
            : Cursors.SourceChanged();
    }

    private static long? Inbox(FieldErrors errors, string? text)
    {
        if (text is null)
            return null;

        errors.Require(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var inbox) && inbox > 0, "inbox", "must be the number of an inbox.");
        return inbox;
    }
}
