using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Flags;

/// <summary>
/// Tells of one evaluation in many, as the event <c>feature_flag.evaluation</c>
/// (https://opentelemetry.io/docs/specs/semconv/feature-flags/feature-flags-events/). The user is not in it.
/// </summary>
internal sealed class FlagTelemetry(ILogger<FlagTelemetry> logger, uint every = FlagTelemetry.Every)
{
    /// <summary>A power of two: each thread tells of its first evaluation, and of the first of every so many.</summary>
    public const uint Every = 1024;

    private static readonly EventId Evaluation = new(1, "feature_flag.evaluation");

    [ThreadStatic]
    private static uint _seen;

    public bool Samples() => (_seen++ & (every - 1)) == 0;

    public void Evaluated(Flag? flag, FlagDecision decision)
    {
        if (flag is not null && logger.IsEnabled(LogLevel.Information))
            logger.Log(LogLevel.Information, Evaluation, Attributes(flag, decision), null, static (state, _) => $"Flag {state[0].Value} is {state[2].Value} ({state[3].Value}).");
    }

    /// <summary>A name that no flag has may be anything, so it is not told.</summary>
    private static KeyValuePair<string, object?>[] Attributes(Flag flag, FlagDecision decision) =>
    [
        new("feature_flag.key", flag.Name),
        new("feature_flag.provider.name", "hotdash"),
        new("feature_flag.result.variant", decision.Variant),
        new("feature_flag.result.reason", Conventional(decision.Reason)),
        new("feature_flag.version", flag.Version),
        .. decision.Problem is FlagProblem.NeedsUser ? [new("error.type", "targeting_key_missing")] : Array.Empty<KeyValuePair<string, object?>>(),
    ];

    /// <summary>The reasons that OpenTelemetry and OpenFeature know.</summary>
    private static string Conventional(FlagReason reason) => OpenFeatureReasons.Of(reason).ToLowerInvariant();
}
