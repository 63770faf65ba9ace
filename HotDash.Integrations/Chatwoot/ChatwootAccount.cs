namespace HotDash.Integrations.Chatwoot;

/// <summary>Who the key belongs to, and the accounts that it opens with the role in each.</summary>
public sealed record ChatwootProfile(long Id, string Name, IReadOnlyDictionary<long, string> Roles);

/// <param name="Availability"><c>online</c>, <c>busy</c> or <c>offline</c>.</param>
public sealed record Agent(long Id, string Name, string Role, string? Availability);

/// <summary>A label that conversations of the account can have.</summary>
public sealed record Label(long Id, string Title);

/// <summary>Where Chatwoot sends events to. A class, because it may hold a secret.</summary>
public sealed class Webhook
{
    public required long Id { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>What it signs events with: told to administrators by servers from 4.11.2 on; older ones do not sign.</summary>
    public string? Secret { get; init; }
}

/// <summary>How the server is: it answers 200 whether its queue and its database work or not.</summary>
public sealed record ServerHealth(string? Version, bool QueueWorks, bool DatabaseWorks);
