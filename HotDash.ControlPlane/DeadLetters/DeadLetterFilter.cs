namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Which letters; what is null does not matter.</summary>
public sealed record DeadLetterFilter
{
    public string? Integration { get; init; }

    public string? Operation { get; init; }

    /// <summary>A code of docs/errors.md.</summary>
    public string? Failure { get; init; }

    /// <summary>A part of the summary, in any case.</summary>
    public string? Text { get; init; }

    public LetterState? State { get; init; }

    /// <summary>Kept at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Kept before this time.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>Letters by their ids, or by a filter: one of the two.</summary>
public sealed record DeadLetterSelection(IReadOnlyList<Guid>? Ids, DeadLetterFilter? Filter);
