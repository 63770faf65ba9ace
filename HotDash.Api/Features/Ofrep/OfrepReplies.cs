using System.Text.Json.Serialization;
using HotDash.ControlPlane.Flags;

namespace HotDash.Api.Features.Ofrep;

/// <summary>One flag's evaluation. https://github.com/open-feature/protocol/blob/main/service/openapi.yaml</summary>
/// <param name="Reason">OpenFeature's word; ours is in the metadata.</param>
internal sealed record OfrepSuccess(string Key, bool Value, string Variant, string Reason, IReadOnlyDictionary<string, object> Metadata)
{
    public static OfrepSuccess Of(FlagAnswer answer)
    {
        var metadata = answer.Metadata.ToDictionary(entry => entry.Key, entry => (object)entry.Value, StringComparer.Ordinal);
        metadata["hotdash.reason"] = answer.Decision.ReasonCode;
        metadata["hotdash.version"] = answer.Version;

        return new(answer.Name, answer.Decision.On, answer.Decision.Variant, OpenFeatureReasons.Of(answer.Decision.Reason), metadata);
    }
}

/// <param name="Key">The flag; left out when the request as a whole is wrong.</param>
internal sealed record OfrepFailure(string? Key, string ErrorCode, string ErrorDetails)
{
    public static OfrepFailure Of(FlagAnswer answer) => answer.Decision.Problem is FlagProblem.NeedsUser
        ? new(answer.Name, "TARGETING_KEY_MISSING", "The flag is on for a share of the users: send context.targetingKey.")
        : new(answer.Name, "FLAG_NOT_FOUND", "There is no flag with this key.");
}

/// <param name="Flags">Each an evaluation or a failure.</param>
internal sealed record OfrepBulk(IReadOnlyList<object> Flags);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OfrepBulk))]
[JsonSerializable(typeof(OfrepSuccess))]
[JsonSerializable(typeof(OfrepFailure))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long))]
internal sealed partial class OfrepJson : JsonSerializerContext;
