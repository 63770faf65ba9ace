using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.Supabase;

/// <summary>Rows as PostgREST writes them. What we rely on is required: a renamed column becomes a named failure, not a null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<IdeaRow>))]
[JsonSerializable(typeof(IReadOnlyList<ExperimentRow>))]
[JsonSerializable(typeof(NewIdea))]
[JsonSerializable(typeof(Review))]
[JsonSerializable(typeof(IReadOnlyList<SocialReceipt>))]
[JsonSerializable(typeof(IReadOnlyList<ApprovalGrade>))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class SupabaseJson : JsonSerializerContext;

internal sealed class IdeaRow
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Title { get; init; } = "";
    [JsonRequired] public IdeaStatus Status { get; init; }
    [JsonRequired] public IdeaPriority Priority { get; init; }
    [JsonRequired] public DateTimeOffset CreatedAt { get; init; }
    [JsonRequired] public DateTimeOffset UpdatedAt { get; init; }
    public string? Rationale { get; init; }
    public string? ProjectedImpact { get; init; }
    public decimal? Confidence { get; init; }
    public string? Reviewer { get; init; }

    public Idea ToIdea() => new(Id, Title, Status, Rationale, ProjectedImpact, Priority, Confidence, CreatedAt, UpdatedAt, Reviewer);
}

internal sealed class ExperimentRow
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Name { get; init; } = "";
    [JsonRequired] public string Status { get; init; } = "";
    [JsonRequired] public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Hypothesis { get; init; }
    public string? Metric { get; init; }
    public decimal? Lift { get; init; }

    public Experiment ToExperiment() => new(Id, Name, Status, Hypothesis, Metric, Lift, StartedAt, EndedAt);
}

internal sealed record Review(IdeaStatus Status, string Reviewer, DateTimeOffset UpdatedAt);
