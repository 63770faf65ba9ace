using Microsoft.Extensions.Configuration;

namespace HotDash.Integrations;

/// <summary>A flag that switches integrations.</summary>
/// <param name="Variables">In the environment: the first that is set decides. None for an integration that is always real, and only taken back.</param>
public sealed record IntegrationFlag(string Name, IReadOnlyList<string> Variables)
{
    public bool IsAlwaysReal => Variables is [];
}

/// <summary>The flags that switch integrations, and how settings speak of them.</summary>
public static class IntegrationFlags
{
    /// <summary>The first variable gives a flag its name: in small letters, without <c>_enabled</c>; else the integration's key does, with underscores.</summary>
    public static IReadOnlyList<IntegrationFlag> All { get; } =
    [
        new("idea_pool_supabase", ["IDEA_POOL_SUPABASE_ENABLED", "IDEA_POOL_LIVE"]),
        new("publer_live", ["PUBLER_LIVE"]),
        new("analytics_real_data", ["ANALYTICS_REAL_DATA"]),
        new("plausible_live", ["PLAUSIBLE_LIVE"]),
        new("calendar_sync", ["CALENDAR_SYNC_ENABLED"]),
        new("chatwoot", []),
        new("shopify", []),
        new("alert_webhook", []),
    ];

    public static IntegrationFlag? Find(string name) => All.FirstOrDefault(flag => flag.Name == name);

    internal static string? NameOf(IReadOnlyList<string> variables) =>
        All.FirstOrDefault(flag => variables is [var first, ..] && flag.Variables.Contains(first, StringComparer.Ordinal))?.Name;

    /// <summary>What holds while nobody has set an integration's flag: <c>Integrations:Mode</c>.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">It is no mode.</exception>
    public static bool LiveByDefault(IConfiguration configuration) => new IntegrationSettings(configuration).LiveByDefault();

    /// <summary>The value of a variable that is set: <c>true 1 on yes</c> or <c>false 0 off no</c>, in any case.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">It is something else; the message names the variable.</exception>
    public static bool Truth(IConfiguration configuration, string variable) => new IntegrationSettings(configuration).Truth(variable);
}
