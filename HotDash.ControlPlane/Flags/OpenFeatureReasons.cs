namespace HotDash.ControlPlane.Flags;

/// <summary>Our reasons in the words that every OpenFeature client knows (https://openfeature.dev/specification/types/#resolution-reason).</summary>
public static class OpenFeatureReasons
{
    public static string Of(FlagReason reason) => reason switch
    {
        FlagReason.Killed or FlagReason.Disabled or FlagReason.Schedule => "DISABLED",
        FlagReason.Override or FlagReason.Cohort => "TARGETING_MATCH",
        FlagReason.Split => "SPLIT",
        FlagReason.Error => "ERROR",
        _ => "STATIC",
    };
}
