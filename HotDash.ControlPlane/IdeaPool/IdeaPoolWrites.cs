using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.Integrations.Supabase;
using Npgsql;

namespace HotDash.ControlPlane.IdeaPool;

/// <summary>Writes never lie: live they reach Supabase or fail; mock writes say so and are not kept.</summary>
public sealed class IdeaPoolWrites(SupabaseClient supabase, SupabaseOptions options, NpgsqlDataSource store, TimeProvider clock)
{
    /// <summary>With an id of the caller's a repeated request finds the idea that the first one made.</summary>
    /// <exception cref="IntegrationException">Supabase failed, or its credentials are missing.</exception>
    public async Task<Answer<Idea>> CreateAsync(NewIdea idea, string by, CancellationToken ct)
    {
        if (IsLive())
            return Live((await store.CallAuditedAsync<Idea>(
                new(AuditKinds.Idea, idea.Id, "create", by, After: new { idea.Status }), async () => await supabase.CreateIdeaAsync(idea, ct), ct))!);

        var now = clock.GetUtcNow();
        return Mock(new($"mock-{idea.Id}", idea.Title, idea.Status, idea.Rationale, idea.ProjectedImpact, idea.Priority, idea.Confidence, now, now, null));
    }

    /// <returns>Null when there is no idea with this id.</returns>
    /// <exception cref="IntegrationException">Supabase failed, or its credentials are missing.</exception>
    public async Task<Answer<Idea>?> ReviewAsync(string id, IdeaStatus decision, string reviewer, string by, CancellationToken ct)
    {
        if (IsLive())
            return await store.CallAuditedAsync(
                new(AuditKinds.Idea, id, decision is IdeaStatus.Approved ? "approve" : "reject", by, After: new { status = decision }),
                () => supabase.ReviewIdeaAsync(id, decision, reviewer, ct), ct) is { } reviewed ? Live(reviewed) : null;

        return SupabaseMock.Ideas.FirstOrDefault(idea => idea.Id == id) is { } example
            ? Mock(example with { Status = decision, Reviewer = reviewer, UpdatedAt = clock.GetUtcNow() })
            : null;
    }

    /// <summary>Decided once for a request: the flag may change meanwhile.</summary>
    private bool IsLive()
    {
        var state = options.State;
        CredentialsMissing.Refuse(options, state);
        return state is IntegrationState.Live;
    }

    private Answer<Idea> Live(Idea idea) => new(idea, options.Source, clock.GetUtcNow(), []);

    private Answer<Idea> Mock(Idea idea) => new(idea, Sources.Mock, clock.GetUtcNow(), []);
}
