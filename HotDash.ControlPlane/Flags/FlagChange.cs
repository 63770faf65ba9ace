namespace HotDash.ControlPlane.Flags;

/// <summary>Who changes a flag, and why.</summary>
/// <param name="Version">The version that the change was made for; null: whatever is there.</param>
public sealed record FlagChange(string Actor, string Reason, long? Version = null);

/// <summary>The flag was changed by somebody else in the meantime.</summary>
public sealed class FlagVersionException(string flag, long version) : Exception($"{flag} has version {version} now.")
{
    public long Version => version;
}

/// <summary>There is a flag with this name already.</summary>
public sealed class FlagNameTakenException(string flag) : Exception($"There is a flag {flag} already.");
