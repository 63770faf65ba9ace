namespace HotDash.Integrations;

/// <summary>An adapter whose dead letters can be sent again.</summary>
public interface IReplayable
{
    /// <summary>Key of the integration.</summary>
    string Integration { get; }

    bool CanReplay(string operation);

    /// <summary>Looks whether the write has had its effect already. What is found must be of this very request, not one that looks like it.</summary>
    /// <returns>Null when it surely had none.</returns>
    /// <exception cref="IntegrationException">The provider could not be asked: nothing is known.</exception>
    Task<Existing?> FindExistingAsync(DeadLetterRequest request, CancellationToken ct);

    /// <exception cref="IntegrationException">It failed again.</exception>
    Task ReplayAsync(DeadLetterRequest request, CancellationToken ct);
}

/// <summary>The effect of a write, as the provider shows it.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="At">When it came about, where the provider says so.</param>
public sealed record Existing(string Id, DateTimeOffset? At = null)
{
    /// <summary>What the provider said of each item, and showed afterwards, where there is more to be said than the id.</summary>
    public string? Result { get; init; }

    public override string ToString() => Id;
}
