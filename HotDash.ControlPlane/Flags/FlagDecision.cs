namespace HotDash.ControlPlane.Flags;

/// <summary>What decided, in the order in which they are asked.</summary>
public enum FlagReason
{
    /// <summary>The stored kill switch.</summary>
    Killed,

    /// <summary>An environment variable of this process.</summary>
    Env,

    /// <summary>Somebody set it for this user.</summary>
    Override,

    /// <summary>It has not begun, or has ended.</summary>
    Schedule,

    /// <summary>It is switched off.</summary>
    Disabled,

    /// <summary>The user belongs to one of its cohorts.</summary>
    Cohort,

    /// <summary>The user's bucket lies below the percentage, or not.</summary>
    Split,

    /// <summary>It is the same for everybody.</summary>
    Static,

    /// <summary>It could not be decided, so it is off: <see cref="FlagProblem"/> says why.</summary>
    Error,
}

/// <summary>Why nothing could be decided. <c>NeedsUser</c>: the flag is on for some, and nobody was named.</summary>
public enum FlagProblem { None, NoSuchFlag, NeedsUser }

/// <summary>On or off, and why.</summary>
public readonly record struct FlagDecision(bool On, FlagReason Reason, FlagProblem Problem = FlagProblem.None)
{
    /// <summary><c>on</c> or <c>off</c>.</summary>
    public string Variant => On ? FlagVariants.On : FlagVariants.Off;

    /// <summary>The reason in capitals, as answers carry it.</summary>
    public string ReasonCode => FlagVariants.Code(Reason);

    internal static FlagDecision Failed(FlagProblem problem) => new(On: false, FlagReason.Error, problem);
}

internal static class FlagVariants
{
    public const string On = "on";
    public const string Off = "off";

    private static readonly string[] Codes = [.. Enum.GetNames<FlagReason>().Select(name => name.ToUpperInvariant())];

    public static string Code(FlagReason reason) => Codes[(int)reason];
}
