using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.Integrations.Supabase;

namespace HotDash.ControlPlane.IdeaPool;

/// <summary>Writes never lie: live they reach Supabase or fail; mock writes say so and are not kept.</summary>
public sealed class IdeaPoolWrites(SupabaseClient supabase, SupabaseOptions options, TimeProvider clock)
{
    /// <summary>With an id of the caller's a repeated request finds the idea that the first one made.</summary>
    /// <exception cref="IntegrationException">Supabase failed, or its credentials are missing.</exception>
    public async Task<Answer<Idea>> CreateAsync(NewIdea idea, CancellationToken ct)
    {
        if (IsLive())
            return Live(await supabase.CreateIdeaAsync(idea, ct));

        var now = clock.GetUtcNow();
        return Mock(new($"mock-{idea.Id}", idea.Title, idea.Status, idea.Rationale, idea.ProjectedImpact, idea.Priority, idea.Confidence, now, now, null));
    }

    /// <returns>Null when there is no idea with this id.</returns>
    /// <exception cref="IntegrationException">Supabase failed, or its credentials are missing.</exception>
    public async Task<Answer<Idea>?> ReviewAsync(string id, IdeaStatus decision, string reviewer, CancellationToken ct)
    {
        if (IsLive())
            return await supabase.ReviewIdeaAsync(id, decision, reviewer, ct) is { } reviewed ? Live(reviewed) : null;

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
