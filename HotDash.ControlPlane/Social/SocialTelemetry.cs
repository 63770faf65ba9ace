using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HotDash.ControlPlane.Social;

/// <summary>What can be measured about posts. No text, account or id is ever in a tag.</summary>
public static class SocialTelemetry
{
    public const string Name = "HotDash.Social";

    private static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Activities = new(Name);

    public static readonly Counter<long> Accepted = Meter.CreateCounter<long>("hotdash.social.posts.accepted", "{post}", "Posts accepted.");

    /// <summary>Tag <c>status</c>: complete or failed.</summary>
    public static readonly Counter<long> Ended = Meter.CreateCounter<long>("hotdash.social.targets.ended", "{target}", "Posts that ended on one account.");

    /// <summary>Tag <c>outcome</c>: submitted, unknown, returned or rejected.</summary>
    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("hotdash.social.attempts", "{call}", "Calls that hand posts over.");

    /// <summary>Tag <c>result</c>: found, absent or not_yet.</summary>
    public static readonly Counter<long> LookUps = Meter.CreateCounter<long>("hotdash.social.lookups", "{target}", "Posts of unknown outcome that were looked up.");

    public static readonly Gauge<long> Late = Meter.CreateGauge<long>("hotdash.social.posts.late", "{post}", "Unfinished posts that are older than they should be.");
}
