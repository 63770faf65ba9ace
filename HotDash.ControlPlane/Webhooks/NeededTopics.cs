namespace HotDash.ControlPlane.Webhooks;

/// <summary>What providers shall tell us: whatever a handler makes something of.</summary>
public static class NeededTopics
{
    /// <summary>In the provider's words, by source.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> BySource { get; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        ["chatwoot"] = ["conversation_created", "conversation_status_changed", "conversation_updated", "message_created", "message_updated"],
        ["shopify"] =
        [
            "app/uninstalled", "fulfillments/create", "inventory_items/update", "inventory_levels/update", "orders/cancelled", "orders/create",
            "orders/paid", "orders/updated", "products/update", "refunds/create",
        ],
    };
}
