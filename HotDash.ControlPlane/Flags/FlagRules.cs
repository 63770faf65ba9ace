using System.Text.RegularExpressions;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Flags;

/// <summary>A flag was asked for that cannot be: <see cref="Field"/> says what to change.</summary>
public sealed class InvalidFlagException(string @field, string message) : Exception(message)
{
    public string Field => @field;
}

/// <summary>What a flag may be called and hold. A process keeps all flags in memory, so there are bounds to everything.</summary>
public static partial class FlagRules
{
    public const int MaxFlags = 10_000;
    public const int MaxOverrides = 1000;
    public const int MaxUserLength = 200;
    private const int MaxMetadata = 20;
    private const int MaxMetadataKey = 50;
    private const int MaxMetadataValue = 500;

    public static string UserRule { get; } = $"must be a user's id of 1 to {MaxUserLength} characters without control characters.";

    public static bool IsUser(string text) => text.Length is > 0 and <= MaxUserLength && !text.Any(char.IsControl);

    internal static bool IsName(string text) => Name().IsMatch(text);

    /// <exception cref="InvalidFlagException">Names the field.</exception>
    public static void Check(Flag flag)
    {
        Require(IsName(flag.Name), "name", "must be 1 to 64 of the letters a-z, digits and _, and begin with a letter.");
        Require(flag.RolloutPercent is { Thousandths: >= 0 and <= 100_000 }, "rolloutPercent", Percent.Rule);
        Require(flag.AllowedCohorts.All(cohort => Cohorts.All.Contains(cohort, StringComparer.Ordinal)), "allowedCohorts", Cohorts.Rule);
        Require(flag.AllowedCohorts.Distinct(StringComparer.Ordinal).Count() == flag.AllowedCohorts.Count, "allowedCohorts", "must not repeat one.");
        Require(!(flag.EndDate <= flag.StartDate), "endDate", "must be after startDate.");
        Require(flag.Metadata.Count <= MaxMetadata, "metadata", $"must have at most {MaxMetadata} entries.");
        Require(flag.Metadata.All(Fits), "metadata", $"must have keys of 1 to {MaxMetadataKey} and values of at most {MaxMetadataValue} characters, without U+0000.");
    }

    /// <summary>The code asks for an integration's flag by its name.</summary>
    /// <exception cref="InvalidFlagException">It must stay as it is called.</exception>
    internal static void CheckMayGo(string name) => Require(
        IntegrationFlags.Find(name) is null, "name", $"'{name}' switches an integration: it can be neither renamed nor deleted.");

    private static bool Fits(KeyValuePair<string, string> entry) =>
        entry is { Key.Length: > 0 and <= MaxMetadataKey, Value.Length: <= MaxMetadataValue }
        && !entry.Key.Contains('\0', StringComparison.Ordinal) && !entry.Value.Contains('\0', StringComparison.Ordinal);

    private static void Require(bool holds, string field, string message)
    {
        if (!holds)
            throw new InvalidFlagException(field, message);
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
