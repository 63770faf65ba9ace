namespace HotDash.Integrations.Supabase;

/// <summary>What HotDash shows while Supabase is not live.</summary>
public static class SupabaseMock
{
    public static IReadOnlyList<Idea> Ideas { get; } = [];

    public static IReadOnlyList<Experiment> Experiments { get; } = [];
}
