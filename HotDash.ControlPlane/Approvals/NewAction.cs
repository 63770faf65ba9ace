namespace HotDash.ControlPlane.Approvals;

/// <summary>What is asked for. A class: a record would print the content.</summary>
public sealed class NewAction
{
    /// <summary>A UUIDv7: the effect carries it as its mark.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>One of <see cref="Integrations.GuardedKinds"/>.</summary>
    public required string Kind { get; init; }

    public required string Target { get; init; }

    /// <summary>How the target is; an action whose target is another when it is to be sent goes back to people.</summary>
    public string? TargetVersion { get; init; }

    /// <summary>The target has changed since whoever asks has looked at it.</summary>
    public bool Stale { get; init; }

    public required string Content { get; init; }

    /// <summary>1 to 3; null: what the policy says.</summary>
    public int? Risk { get; init; }
}
