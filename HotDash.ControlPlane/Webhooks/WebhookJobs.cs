namespace HotDash.ControlPlane.Webhooks;

/// <summary>The feature's jobs, under names that are stored.</summary>
internal static class WebhookJobs
{
    public const string Handle = "webhooks.handle";
    public const string Sweep = "webhooks.sweep";
    public const string Prune = "webhooks.prune";
    public const string WatchChatwoot = "webhooks.watch-chatwoot";
    public const string WatchShopify = "webhooks.watch-shopify";
}

/// <summary>Handles the events of one lane.</summary>
internal sealed record HandleWebhooksPayload(short Lane);
