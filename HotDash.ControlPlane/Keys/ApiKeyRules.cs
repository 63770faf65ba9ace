using HotDash.ControlPlane.Flags;

namespace HotDash.ControlPlane.Keys;

/// <summary>What a key may be called and may do.</summary>
internal static class ApiKeyRules
{
    /// <summary>The key that the deployment sets; nobody else may take its name.</summary>
    public const string AdminName = "admin-api-key";

    private const int MaxNameLength = 100;

    public static void Check(string name, IReadOnlyCollection<string> scopes, string? cohort)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > MaxNameLength || name.Any(char.IsControl) || name != name.Trim())
            throw new InvalidApiKeyException("name", $"Give the key a name of 1 to {MaxNameLength} printable characters, without spaces around it.");

        if (name == AdminName)
            throw new InvalidApiKeyException("name", $"'{AdminName}' is the key that the deployment sets; choose another name.");

        if (scopes.Count == 0)
            throw new InvalidApiKeyException("scopes", $"Name at least one scope of: {string.Join(", ", ApiKeyScopes.All)}.");

        if (scopes.FirstOrDefault(scope => !ApiKeyScopes.All.Contains(scope, StringComparer.Ordinal)) is { } unknown)
            throw new InvalidApiKeyException("scopes", $"'{unknown}' is no scope; the scopes are: {string.Join(", ", ApiKeyScopes.All)}.");

        if (cohort is not null && !Cohorts.All.Contains(cohort, StringComparer.Ordinal))
            throw new InvalidApiKeyException("cohort", Cohorts.Rule);
    }
}
