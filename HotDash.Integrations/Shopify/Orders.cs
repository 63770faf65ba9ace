using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify;

[JsonConverter(typeof(SnakeCaseConverter<OrderStatus>))]
public enum OrderStatus { Open, Closed, Cancelled }

/// <summary>Shopify's payment states, as it filters by them.</summary>
public enum FinancialStatus { Authorized, Expired, Paid, PartiallyPaid, PartiallyRefunded, Pending, Refunded, Voided }

/// <summary>Shopify's states of fulfilment, as it filters by them.</summary>
public enum FulfillmentStatus { Unfulfilled, Partial, Fulfilled, Scheduled, OnHold, RequestDeclined }

/// <summary>In the currency's main unit (euros, not cents), with its ISO 4217 code.</summary>
public sealed record Money(decimal Amount, string Currency);

/// <summary>An order without its customer.</summary>
/// <param name="Name">What people call it: <c>#1001</c>.</param>
/// <param name="FinancialStatus">Shopify's own word in small letters: <c>paid</c>, <c>partially_refunded</c>; null when it has none.</param>
/// <param name="FulfillmentStatus">Shopify's own word in small letters: <c>unfulfilled</c>, <c>fulfilled</c>…</param>
/// <param name="Quantity">Pieces, without those removed or refunded.</param>
/// <param name="Total">In the shop's currency, after refunds.</param>
public sealed record Order(
    string Id,
    string Name,
    OrderStatus Status,
    string? FinancialStatus,
    string FulfillmentStatus,
    int Quantity,
    Money Total,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    bool Test);

/// <param name="VariantId">Null when the variant is gone.</param>
public sealed record OrderLine(string Id, string Title, string? Sku, string? VariantId, int Quantity, Money UnitPrice);

public sealed record OrderWithLines(Order Order, IReadOnlyList<OrderLine> Lines);

/// <summary>Which orders; nothing given is all of them. Times are included.</summary>
public sealed record OrderFilter(
    OrderStatus? Status = null,
    FinancialStatus? Financial = null,
    FulfillmentStatus? Fulfillment = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    DateTimeOffset? UpdatedSince = null);
