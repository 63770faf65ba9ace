namespace HotDash.Integrations.Supabase;

/// <summary>https://docs.postgrest.org/en/stable/references/api.html</summary>
public sealed class SupabaseClient(HttpClient http, SupabaseOptions options, TimeProvider clock)
{
    public Task<IdeaPage> ListIdeasAsync(IdeaFilter filter, IdeaPosition? after, int limit, CancellationToken ct) =>
        throw new NotSupportedException($"{http.BaseAddress} {options.Key} {clock.GetUtcNow():O}");

    /// <summary>Adds the idea unless one with its id exists; that one is returned then.</summary>
    public Task<Idea> CreateIdeaAsync(NewIdea idea, CancellationToken ct) => throw new NotSupportedException();

    /// <returns>The idea as it is now, or null when there is none with this id.</returns>
    public Task<Idea?> ReviewIdeaAsync(string id, IdeaStatus decision, string reviewer, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Experiment>> ListExperimentsAsync(CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Writes one row per job and account; writing it again replaces it.</summary>
    public Task SaveReceiptsAsync(IReadOnlyList<SocialReceipt> receipts, CancellationToken ct) => throw new NotSupportedException();
}
