namespace HotDash.Integrations;

/// <summary>Something that is done only if a person has approved it, byte for byte.</summary>
public interface IGuardedOperation
{
    /// <summary>Such as <c>support.reply</c>: policies speak of it.</summary>
    string Kind { get; }

    /// <summary>The account that we are connected to. What was approved for another is not sent.</summary>
    string Account { get; }

    /// <summary>Whether the provider recognises the same bytes: sending them again is how one finds out what became of them, and there is nothing to look up.</summary>
    bool RecognisesRepetition => false;

    /// <summary>What will be sent, from what a person wrote.</summary>
    /// <param name="revision">From 1 on: two wordings of one action are not taken for each other.</param>
    /// <exception cref="ContentRefusedException">What a person wrote is nothing that this operation does.</exception>
    byte[] Compose(Guid id, int revision, string content);

    /// <summary>What a person wrote, from what will be sent.</summary>
    /// <exception cref="IntegrationException">Those are no bytes of this operation.</exception>
    string ContentOf(ReadOnlyMemory<byte> bytes);

    /// <summary>How the target is now: another version than the action's makes it stale. Null where that does not matter.</summary>
    Task<string?> VersionAsync(string target, CancellationToken ct);

    /// <summary>Looks by its mark whether the effect is there.</summary>
    /// <returns>Null when there surely is none.</returns>
    Task<Existing?> FindExistingAsync(GuardedTarget target, CancellationToken ct);

    /// <exception cref="TargetChangedException">The target has other values than those that were approved. It had no effect.</exception>
    /// <exception cref="ActionRefusedException">The provider refused it, and said of each item why. It had no effect.</exception>
    Task<Existing> SendAsync(ApprovedAction action, CancellationToken ct);
}
