using System.Text.Json.Serialization;

namespace HotDash.Integrations.Supabase;

[JsonConverter(typeof(SnakeCaseConverter<IdeaStatus>))]
public enum IdeaStatus { PendingReview, Draft, Approved, Rejected }

[JsonConverter(typeof(SnakeCaseConverter<IdeaPriority>))]
public enum IdeaPriority { High, Medium, Low }

/// <summary>A row of <c>idea_pool</c>. Confidence is 0 to 1.</summary>
public sealed record Idea(
    string Id,
    string Title,
    IdeaStatus Status,
    string? Rationale,
    string? ProjectedImpact,
    IdeaPriority Priority,
    decimal? Confidence,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Reviewer);

/// <summary>What a caller gives to add an idea; the id makes adding it twice harmless.</summary>
public sealed record NewIdea(
    string Id, string Title, IdeaStatus Status, string? Rationale, string? ProjectedImpact, IdeaPriority Priority, decimal? Confidence);

/// <summary>Null means any. The text is looked for in title and rationale, whatever its case.</summary>
public sealed record IdeaFilter(IdeaStatus? Status = null, IdeaPriority? Priority = null, string? Text = null);

/// <summary>Where a page ended: the list runs from the newest idea to the oldest, and by id where times are equal.</summary>
public sealed record IdeaPosition(DateTimeOffset CreatedAt, string Id);

/// <summary>How many ideas match the filter, in all and by status.</summary>
public sealed record IdeaTotals(int Total, int PendingReview, int Draft, int Approved, int Rejected);

/// <summary>Some ideas, where the next page begins (null at the end), and the totals for the filter.</summary>
public sealed record IdeaPage(IReadOnlyList<Idea> Items, IdeaPosition? Next, IdeaTotals Totals);
