namespace HotDash.Integrations.Supabase;

/// <summary>What HotDash shows while Supabase is not live. Newest first, as the live lists are.</summary>
public static class SupabaseMock
{
    public static IReadOnlyList<Idea> Ideas { get; } =
        [.. Fixture.Read("supabase.ideas.json", SupabaseJson.Default.IReadOnlyListIdeaRow).Select(row => row.ToIdea())];

    public static IReadOnlyList<Experiment> Experiments { get; } =
        [.. Fixture.Read("supabase.experiments.json", SupabaseJson.Default.IReadOnlyListExperimentRow).Select(row => row.ToExperiment())];
}
