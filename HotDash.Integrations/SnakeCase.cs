using System.Text.Json;

namespace HotDash.Integrations;

/// <summary>An enum's value as it is stored, sent and shown: <c>PendingReview</c> is <c>pending_review</c> or <c>PENDING_REVIEW</c>.</summary>
public static class SnakeCase
{
    public static string ToSnakeCase<T>(this T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static string ToUpperSnakeCase<T>(this T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString());

    /// <summary>For what we wrote ourselves.</summary>
    /// <exception cref="ArgumentException">The enum has no such value.</exception>
    public static T Parse<T>(string text) where T : struct, Enum => Enum.Parse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
