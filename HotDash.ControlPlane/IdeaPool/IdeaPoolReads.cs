using System.Globalization;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Supabase;

namespace HotDash.ControlPlane.IdeaPool;

/// <summary>Ideas and experiments: from Supabase, else its last good answer, else examples.</summary>
public sealed class IdeaPoolReads
{
    private readonly SupabaseClient _supabase;
    private readonly SupabaseOptions _options;
    private readonly ReadChain _chain;

    internal IdeaPoolReads(SupabaseClient supabase, SupabaseOptions options, ReadChain chain) =>
        (_supabase, _options, _chain) = (supabase, options, chain);

    /// <returns>Null when the cursor belongs to another source than the one that answers now.</returns>
    public async Task<Answer<IdeaPage>?> ListAsync(IdeaQuery query, CancellationToken ct)
    {
        var answer = await _chain.AnswerAsync(_options, new Read<IdeaPage>
        {
            Live = token => _supabase.ListIdeasAsync(query.Filter, query.After?.Position, query.Limit, token),
            Mock = () => MockIdeas.Page(query),
            SnapshotKey = SnapshotKey(query),
            IsUnfilled = page => query is { After: null, Filter: { Status: null, Priority: null, Text: null } } && page.Totals.Total == 0,
        }, ct);

        if (query.After is { } cursor && cursor.Source != answer.Source)
            return null;

        // What follows the first page is not kept, so a snapshot leads nowhere.
        return answer.Source == Sources.Snapshot ? answer with { Value = answer.Value with { Next = null } } : answer;
    }

    public Task<Answer<IReadOnlyList<Experiment>>> ListExperimentsAsync(CancellationToken ct) =>
        _chain.AnswerAsync(_options, new Read<IReadOnlyList<Experiment>>
        {
            Live = _supabase.ListExperimentsAsync,
            Mock = () => SupabaseMock.Experiments,
            SnapshotKey = "experiments/v1",
            IsUnfilled = experiments => experiments is [],
        }, ct);

    /// <summary>First pages without a text to look for: at most 5 × 4 × 100 of them. Anything else has no end.</summary>
    private static string? SnapshotKey(IdeaQuery query) => query is { After: null, Filter.Text: null }
        ? string.Create(CultureInfo.InvariantCulture, $"idea-pool/v1/{query.Filter.Status}/{query.Filter.Priority}/{query.Limit}")
        : null;
}
