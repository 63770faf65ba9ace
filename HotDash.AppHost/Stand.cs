namespace HotDash.AppHost;

/// <summary>How the sandbox takes a provider's place. What both must know, it reads with <c>SANDBOX_</c> in front.</summary>
/// <param name="Path">Where the sandbox serves it: the integration's key.</param>
/// <param name="Address">The setting that names the provider's address.</param>
/// <param name="Secret">The setting with the credential, if it is one word.</param>
/// <param name="Shared">What else both must know.</param>
internal sealed record Stand(string Path, string Address, string? Secret, params (string Name, string Value)[] Shared)
{
    /// <summary>What the credential's kind asks for in front of it.</summary>
    public string SecretPrefix { get; private init; } = "";

    /// <summary>The setting with what its webhooks are signed with, if it sends any.</summary>
    public string? WebhookSecret { get; private init; }

    /// <summary>A new provider is one line here; the tests' sandboxes are set by it, too.</summary>
    public static Stand[] All(string googleKeyFile) =>
    [
        new("supabase", "SUPABASE_URL", "SUPABASE_SERVICE_KEY"),
        new("publer", "PUBLER_BASE_URL", "PUBLER_API_KEY", ("PUBLER_WORKSPACE_ID", "ws-sandbox")),
        new("chatwoot", "CHATWOOT_BASE_URL", "CHATWOOT_API_KEY", ("CHATWOOT_ACCOUNT_ID", "1")) { WebhookSecret = "CHATWOOT_WEBHOOK_SECRET" },
        new("shopify", "SHOPIFY_BASE_URL", "SHOPIFY_ACCESS_TOKEN", ("SHOPIFY_SHOP", "sandbox-shop")) { WebhookSecret = "SHOPIFY_WEBHOOK_SECRET" },
        new("plausible", "PLAUSIBLE_BASE_URL", "PLAUSIBLE_API_KEY", ("PLAUSIBLE_SITE_ID", "shop.example")),
        new("google/token", "GOOGLE_TOKEN_URL", null, ("GOOGLE_APPLICATION_CREDENTIALS", googleKeyFile)),
        new("google-analytics", "GOOGLE_ANALYTICS_BASE_URL", null, ("GA4_PROPERTY_ID", "123456789")),
        new("search-console", "SEARCH_CONSOLE_BASE_URL", null, ("GSC_SITE_URL", "https://shop.example/")),
        new("google-calendar", "GOOGLE_CALENDAR_BASE_URL", null, ("GOOGLE_CALENDAR_ID", "shop@group.calendar.example")),
        new("alert-webhook", "ALERT_WEBHOOK_URL", "ALERT_WEBHOOK_SECRET") { SecretPrefix = "whsec_" },
    ];

    public static string InSandbox(string setting) => $"SANDBOX_{setting}";
}
