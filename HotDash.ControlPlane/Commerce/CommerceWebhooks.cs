using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Webhooks;
using Npgsql;

namespace HotDash.ControlPlane.Commerce;

/// <summary>The feature's jobs, under names that are stored.</summary>
internal static class CommerceJobs
{
    public const string KeepOrders = "commerce.keep-orders";
    public const string KeepInventory = "commerce.keep-inventory";
    public const string LookAtShopify = "commerce.look-at-shopify";
}

internal sealed record LookAtShopifyPayload(Guid EventId);

/// <summary>When the shop says that something has changed, what is kept of it is read anew: the event tells when to look, the shop what is.</summary>
internal sealed class CommerceWebhooks(JobQueue queue) : IWebhookHandler
{
    private const string Uninstalled = "app/uninstalled";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public string Source => "shopify";

    public IReadOnlyCollection<string> Topics { get; } =
    [
        "orders/create", "orders/updated", "orders/paid", "orders/cancelled", "fulfillments/create", "refunds/create",
        "products/update", "inventory_items/update", "inventory_levels/update", Uninstalled,
    ];

    public Task HandleAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct) => happened.Topic switch
    {
        Uninstalled => queue.EnqueueAsync(transaction.Connection!, transaction, CommerceJobs.LookAtShopify, new LookAtShopifyPayload(happened.Id), ct: ct),
        ['p', ..] or ['i', ..] => queue.HastenAsync(transaction, CommerceJobs.KeepInventory, Soon, ct),
        _ => queue.HastenAsync(transaction, CommerceJobs.KeepOrders, Soon, ct),
    };
}
