using System.ComponentModel.DataAnnotations;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Bound from <c>Approvals</c>.</summary>
public sealed class ApprovalOptions : IValidatableObject
{
    public const string Section = "Approvals";

    private static readonly Dictionary<string, ApprovalPolicy> Usual = new(StringComparer.Ordinal)
    {
        [GuardedKinds.SupportReply] = new() { Required = 1, Risk = 1, ExpiresAfter = TimeSpan.FromDays(1) },
        [GuardedKinds.SocialPost] = new() { Required = 0, Risk = 1, ExpiresAfter = TimeSpan.FromDays(7) },
        [GuardedKinds.CommerceInventory] = new() { Required = 1, Risk = 2, ExpiresAfter = TimeSpan.FromDays(1) },
        [GuardedKinds.CommerceMetafield] = new() { Required = 1, Risk = 1, ExpiresAfter = TimeSpan.FromDays(1) },
        [GuardedKinds.CommercePrice] = new() { Required = 2, Risk = 3, ExpiresAfter = TimeSpan.FromDays(1) },
    };

    /// <summary>By kind; what is not set is as usual.</summary>
    public IDictionary<string, ApprovalPolicy> Policies { get; } = new Dictionary<string, ApprovalPolicy>(StringComparer.Ordinal);

    /// <summary>From the moment an attempt is written down: no later than this its call has ended.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan CallDeadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a call of unknown outcome its effect surely shows at the provider, so that finding nothing proves that there is none.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SettleWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an action is sent whose answer is lost, each time after it was proved to have had no effect.</summary>
    [Range(1, 10)]
    public int MaxSends { get; set; } = 3;

    /// <summary>An attempt that is older was left behind by a worker that died.</summary>
    internal TimeSpan AbandonedAfter => CallDeadline + TimeSpan.FromSeconds(5);

    internal ApprovalPolicy PolicyOf(string kind)
    {
        var usual = Usual[kind];
        return Policies.TryGetValue(kind, out var set)
            ? new() { Required = set.Required ?? usual.Required, Risk = set.Risk ?? usual.Risk, ExpiresAfter = set.ExpiresAfter ?? usual.ExpiresAfter }
            : usual;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CallDeadline > SettleWindow)
            yield return new($"Approvals:SettleWindow ({SettleWindow}) must be at least Approvals:CallDeadline ({CallDeadline}).", [nameof(SettleWindow)]);

        foreach (var (kind, policy) in Policies)
        {
            if (!Usual.ContainsKey(kind))
                yield return new($"Approvals:Policies:{kind}: there is no such kind; known are {string.Join(", ", Usual.Keys)}.", [nameof(Policies)]);
            if (policy.Required is < 0 or > 5 || (policy.Required is 0 && kind is not GuardedKinds.SocialPost))
                yield return new($"Approvals:Policies:{kind}:Required must be 1 to 5; 0 (no person decides) is for {GuardedKinds.SocialPost} alone.", [nameof(Policies)]);
            if (policy.Risk is < 1 or > 3)
                yield return new($"Approvals:Policies:{kind}:Risk must be 1 to 3.", [nameof(Policies)]);
            if (policy.ExpiresAfter is { } time && (time < TimeSpan.FromMinutes(1) || time > TimeSpan.FromDays(90)))
                yield return new($"Approvals:Policies:{kind}:ExpiresAfter must be 00:01:00 to 90.00:00:00.", [nameof(Policies)]);
        }
    }
}

/// <summary>Who decides about a kind of action.</summary>
public sealed class ApprovalPolicy
{
    /// <summary>So many people must approve it.</summary>
    public int? Required { get; set; }

    /// <summary>1 (low) to 3 (high): lists show the highest first.</summary>
    public int? Risk { get; set; }

    public TimeSpan? ExpiresAfter { get; set; }
}
