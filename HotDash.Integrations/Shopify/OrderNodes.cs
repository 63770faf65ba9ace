using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify;

internal sealed record MoneyNode(decimal Amount, string CurrencyCode)
{
    public Money ToMoney() => new(Amount, CurrencyCode);
}

internal sealed record MoneyBag(MoneyNode ShopMoney);

internal sealed class OrderNode
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Name { get; init; } = "";
    [JsonRequired] public DateTimeOffset CreatedAt { get; init; }
    [JsonRequired] public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? DisplayFinancialStatus { get; init; }
    [JsonRequired] public string DisplayFulfillmentStatus { get; init; } = "";
    [JsonRequired] public int CurrentSubtotalLineItemsQuantity { get; init; }
    [JsonRequired] public MoneyBag CurrentTotalPriceSet { get; init; } = null!;
    [JsonRequired] public bool Test { get; init; }
    public Connection<LineNode>? LineItems { get; init; }

    public Order ToOrder() => new(
        Id, Name, Status, DisplayFinancialStatus?.ToLowerInvariant(), DisplayFulfillmentStatus.ToLowerInvariant(),
        CurrentSubtotalLineItemsQuantity, CurrentTotalPriceSet.ShopMoney.ToMoney(), CreatedAt, UpdatedAt, Test);

    private OrderStatus Status => this switch
    {
        { CancelledAt: not null } => OrderStatus.Cancelled,
        { ClosedAt: not null } => OrderStatus.Closed,
        _ => OrderStatus.Open,
    };
}

internal sealed class LineNode
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Title { get; init; } = "";
    public string? Sku { get; init; }
    [JsonRequired] public int CurrentQuantity { get; init; }
    [JsonRequired] public MoneyBag OriginalUnitPriceSet { get; init; } = null!;
    public NodeId? Variant { get; init; }

    public OrderLine ToLine() => new(Id, Title, Sku, Variant?.Id, CurrentQuantity, OriginalUnitPriceSet.ShopMoney.ToMoney());
}
