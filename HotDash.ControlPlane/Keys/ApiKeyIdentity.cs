namespace HotDash.ControlPlane.Keys;

/// <summary>Who presented a valid key, and what it may do.</summary>
public sealed record ApiKeyIdentity(Guid Id, string Name, IReadOnlySet<string> Scopes);
