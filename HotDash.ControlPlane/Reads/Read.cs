namespace HotDash.ControlPlane.Reads;

/// <summary>One question to a provider, and what answers it when the provider cannot.</summary>
internal sealed class Read<T> where T : class
{
    public required Func<CancellationToken, Task<T>> Live { get; init; }

    public required Func<T> Mock { get; init; }

    /// <summary>Under which the last good answer is kept; null keeps none. There must be few: they are never removed.</summary>
    public string? SnapshotKey { get; init; }

    /// <summary>Whether a live answer becomes the snapshot; false where a job keeps one that answers many questions.</summary>
    public bool KeepsAnswer { get; init; } = true;

    /// <summary>What of a snapshot answers the question; null when it holds nothing of that.</summary>
    public Func<T, T?> FromSnapshot { get; init; } = whole => whole;

    /// <summary>Whether a live answer says that nothing was ever stored there.</summary>
    public Func<T, bool> IsUnfilled { get; init; } = _ => false;
}
