namespace HotDash.TestKit;

/// <summary>What the sandbox must know to stand in for the providers that have a key, and what makes HotDash take it for them. All have the same key.</summary>
public static class SandboxSettings
{
    private static readonly Stand[] Stands =
    [
        new("supabase", "SANDBOX_SUPABASE_KEY", "SUPABASE_URL", "SUPABASE_SERVICE_KEY"),
        new("publer", "SANDBOX_PUBLER_KEY", "PUBLER_BASE_URL", "PUBLER_API_KEY", ("PUBLER_WORKSPACE_ID", "ws-sandbox")),
        new("chatwoot", "SANDBOX_CHATWOOT_KEY", "CHATWOOT_BASE_URL", "CHATWOOT_API_KEY", ("CHATWOOT_ACCOUNT_ID", "1")),
        new("shopify", "SANDBOX_SHOPIFY_TOKEN", "SHOPIFY_BASE_URL", "SHOPIFY_ACCESS_TOKEN"),
        new("plausible", "SANDBOX_PLAUSIBLE_KEY", "PLAUSIBLE_BASE_URL", "PLAUSIBLE_API_KEY", ("PLAUSIBLE_SITE_ID", "shop.example")),
    ];

    /// <summary>The sandbox's.</summary>
    public static IEnumerable<(string Name, string Value)> Keys(string key) => Stands.Select(stand => (stand.SandboxKey, key));

    /// <summary>HotDash's.</summary>
    /// <param name="integrations">None: all of them.</param>
    public static IEnumerable<(string Name, string Value)> AsProviders(Uri sandbox, string key, params string[] integrations) => Stands
        .Where(stand => integrations is [] || integrations.Contains(stand.Integration))
        .SelectMany(stand => new[] { (stand.Address, $"{sandbox}{stand.Integration}"), (stand.Key, key) }.Concat(stand.More));

    private sealed record Stand(string Integration, string SandboxKey, string Address, string Key, params (string Name, string Value)[] More);
}
