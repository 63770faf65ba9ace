namespace HotDash.Integrations.Supabase;

/// <summary>A row of <c>experiments</c>. Lift is a fraction: 0.12 is 12 % better than the control.</summary>
public sealed record Experiment(
    string Id, string Name, string Status, string? Hypothesis, string? Metric, decimal? Lift, DateTimeOffset StartedAt, DateTimeOffset? EndedAt);
