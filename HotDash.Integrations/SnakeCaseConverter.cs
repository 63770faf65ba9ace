using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Integrations;

/// <summary>Writes <c>PendingReview</c> as <c>pending_review</c> and reads nothing but such names.</summary>
public sealed class SnakeCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Likewise <c>PENDING_REVIEW</c>.</summary>
public sealed class UpperSnakeCaseConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false)
    where T : struct, Enum;
