using HotDash.Integrations;

namespace HotDash.ControlPlane.Webhooks.Subscriptions;

/// <summary>What a provider tells us by webhooks, and what it can be asked for when it did not.</summary>
internal interface ISubscriptions
{
    string Source { get; }

    IntegrationOptions Integration { get; }

    /// <summary>The topics that an address is told.</summary>
    Task<IReadOnlyList<string>> ListAsync(Uri address, CancellationToken ct);

    /// <summary>Has the address told these topics, too. What the provider refuses stays missing, and is in the log.</summary>
    Task AddAsync(IReadOnlyList<string> missing, Uri address, CancellationToken ct);

    /// <summary>What happened since then, page by page; of one resource in its order.</summary>
    IAsyncEnumerable<IReadOnlyList<MissedEvent>> ReadAsync(DateTimeOffset since, CancellationToken ct);
}
