using System.ComponentModel.DataAnnotations;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Bound from <c>DeadLetters</c>.</summary>
public sealed class DeadLetterOptions : IValidatableObject
{
    public const string Section = "DeadLetters";

    /// <summary>From the moment an attempt is written down: no later than this its call has ended.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan CallDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a call of unknown outcome its effect surely shows at the provider, so that finding nothing proves that there is none.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SettleWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often one replay sends a letter whose answer was lost, each time after it was proved to have had no effect.</summary>
    [Range(1, 10)]
    public int MaxSends { get; set; } = 2;

    /// <summary>Posts and the like that one replay has given back to their own path at once.</summary>
    [Range(1, 1000)]
    public int MaxInFlight { get; set; } = 25;

    /// <summary>How long replayed and discarded letters are kept, and ended replays.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Kept { get; set; } = TimeSpan.FromDays(90);

    /// <summary>An attempt that is older was left behind by a worker that died.</summary>
    internal TimeSpan AbandonedAfter => CallDeadline + TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CallDeadline > SettleWindow)
            yield return new($"DeadLetters:SettleWindow ({SettleWindow}) must be at least DeadLetters:CallDeadline ({CallDeadline}).", [nameof(SettleWindow)]);
    }
}
