using System.ComponentModel.DataAnnotations;

namespace HotDash.ControlPlane.Social;

/// <summary>How patiently posts are delivered (configuration section <c>Social</c>).</summary>
public sealed class SocialOptions
{
    public const string Section = "Social";

    /// <summary>How long after a call, answered or not, the provider may take to list the post that the call made.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan CreationLag { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call of unknown outcome is looked up before "not there" proves that it had no effect.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan SettleWindow { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How far the provider's clock may be from ours.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>While the outcome cannot even be looked up: after this long it is left to a person, marked unknown.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan LookUpLimit { get; set; } = TimeSpan.FromHours(6);

    /// <summary>After this long without an end, the provider's job is given up.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TrackLimit { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>From this age on an unfinished post is reported late.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LateAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A post whose time has passed by more than this is not published any more.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan MissedAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Calls that had no effect before a post is given up as undeliverable. Being over a limit does not count.</summary>
    [Range(1, 100)]
    public int MaxTries { get; set; } = 10;

    /// <summary>How long idempotency keys are remembered.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "90.00:00:00")]
    public TimeSpan IdempotencyKeysKept { get; set; } = TimeSpan.FromDays(7);
}
