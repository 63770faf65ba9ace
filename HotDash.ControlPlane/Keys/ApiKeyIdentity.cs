namespace HotDash.ControlPlane.Keys;

/// <summary>Who presented a valid key, and what it may do.</summary>
/// <param name="Cohort">For which flags can be on, whatever their percentage.</param>
public sealed record ApiKeyIdentity(Guid Id, string Name, IReadOnlySet<string> Scopes, string? Cohort = null);
