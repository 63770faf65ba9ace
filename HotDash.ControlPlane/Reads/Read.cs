namespace HotDash.ControlPlane.Reads;

/// <summary>One question to a provider, and what answers it when the provider cannot.</summary>
internal sealed class Read<T> where T : class
{
    public required Func<CancellationToken, Task<T>> Live { get; init; }

    public required Func<T> Mock { get; init; }

    /// <summary>Under which the last good answer is kept; null keeps none. There must be few: they are never removed.</summary>
    public string? SnapshotKey { get; init; }

    /// <summary>Whether a live answer says that nothing was ever stored there.</summary>
    public Func<T, bool> IsUnfilled { get; init; } = _ => false;
}
