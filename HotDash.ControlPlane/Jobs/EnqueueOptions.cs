namespace HotDash.ControlPlane.Jobs;

/// <summary>How a job is enqueued; the defaults suit a call to an outside service.</summary>
public sealed record EnqueueOptions
{
    internal static readonly EnqueueOptions Default = new();

    /// <summary>Run no earlier than after this long. At most one of <see cref="Delay"/> and <see cref="RunAt"/> is given.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Run no earlier than at this time of the database's clock.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Runs that may throw before the job is dead. 20 span about two hours.</summary>
    public int MaxAttempts { get; init; } = 20;

    /// <summary>At most one job with this key is alive (waiting or running); enqueueing another answers the id of the first.</summary>
    public string? UniqueKey { get; init; }

    /// <summary>The job's id, when the caller must know it beforehand; enqueueing a living id again changes nothing.</summary>
    public Guid? Id { get; init; }
}
