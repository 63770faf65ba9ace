using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>What the calls of a stage say.</summary>
[JsonConverter(typeof(VerdictConverter))]
public enum Verdict
{
    /// <summary>Enough calls, and nothing against them.</summary>
    Healthy,

    /// <summary>Those who have the flag fare worse than the others, or than the threshold allows.</summary>
    Regressing,

    /// <summary>Too few calls to say, or first signs of harm.</summary>
    Inconclusive,

    /// <summary>Nobody who has the flag calls.</summary>
    NoTraffic,

    /// <summary>Both groups fail: it is the provider, not the rollout.</summary>
    ProviderDown,
}

/// <summary>Writes <c>provider-down</c>.</summary>
internal sealed class VerdictConverter() : JsonStringEnumConverter<Verdict>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);

/// <summary>A verdict and what led to it.</summary>
public sealed record Judgement(Verdict Verdict, string Reason);
