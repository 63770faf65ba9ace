using System.Globalization;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Chatwoot;

namespace HotDash.ControlPlane.Support;

/// <summary>A page of conversations, and where the next begins (null at the end).</summary>
public sealed record SupportPage(ConversationPage Page, SupportCursor? Next);

/// <summary>Conversations with customers: from Chatwoot, else its last good answer, else examples.</summary>
public sealed class SupportReads
{
    private readonly ChatwootClient _chatwoot;
    private readonly ChatwootOptions _options;
    private readonly ReadChain _chain;

    internal SupportReads(ChatwootClient chatwoot, ChatwootOptions options, ReadChain chain) =>
        (_chatwoot, _options, _chain) = (chatwoot, options, chain);

    /// <returns>Null when the cursor belongs to another source than the one that answers now.</returns>
    public async Task<Answer<SupportPage>?> ListAsync(SupportQuery query, CancellationToken ct)
    {
        var answer = await _chain.AnswerAsync(_options, Read(query), ct);
        if (query.After is { } cursor && cursor.Source != answer.Source)
            return null;

        // What follows the first page is not kept, so a snapshot leads nowhere.
        var next = answer.Source == Sources.Snapshot ? null : Next(query, answer.Source, answer.Value);
        return new(new(answer.Value, next), answer.Source, answer.AsOf, answer.Warnings);
    }

    /// <summary>Keeps what is asked for most, for when Chatwoot is away: all conversations, and those that are open.</summary>
    /// <exception cref="HotDash.Integrations.IntegrationException">Chatwoot failed.</exception>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await _chain.RefreshAsync(_options, Read(new(new(), After: null)), ct);
        await _chain.RefreshAsync(_options, Read(new(new(ConversationStatus.Open), After: null)), ct);
    }

    private Read<ConversationPage> Read(SupportQuery query) => new()
    {
        Live = ct => _chatwoot.ListConversationsAsync(query.Filter, (query.After?.Page ?? 0) + 1, ct),
        Mock = () => MockConversations.Page(query),
        SnapshotKey = SnapshotKey(query),
    };

    private static SupportCursor? Next(SupportQuery query, string source, ConversationPage page)
    {
        var seen = (query.After?.Seen ?? 0) + page.Items.Count;
        return page.Items is not [] && seen < Matching(query.Filter.Assignee, page.Totals)
            ? new(source, (query.After?.Page ?? 0) + 1, seen)
            : null;
    }

    private static int Matching(AssigneeType assignee, ConversationTotals totals) => assignee switch
    {
        AssigneeType.Me => totals.Mine,
        AssigneeType.Assigned => totals.Assigned,
        AssigneeType.Unassigned => totals.Unassigned,
        _ => totals.All,
    };

    /// <summary>First pages by status and assignee: 20 of them. Anything else has no end.</summary>
    private static string? SnapshotKey(SupportQuery query) => query is { After: null, Filter: { InboxId: null, Label: null, Text: null } }
        ? string.Create(CultureInfo.InvariantCulture, $"support/v1/{query.Filter.Status}/{query.Filter.Assignee}")
        : null;
}
