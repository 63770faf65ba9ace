namespace HotDash.ControlPlane.Flags;

/// <summary>Kinds of users that a flag can be given to, whatever its percentage.</summary>
public static class Cohorts
{
    public const string Internal = "internal";
    public const string Beta = "beta";
    public const string Premium = "premium";

    public static IReadOnlyList<string> All { get; } = [Internal, Beta, Premium];

    /// <summary>What to say of one that is not known.</summary>
    public static string Rule { get; } = $"must be one of {string.Join(", ", All)}.";
}
