using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Shopify;

namespace HotDash.ControlPlane.Commerce;

/// <summary>Where a page ended, and whose page it was: positions of one source mean nothing to another.</summary>
public sealed record CommerceCursor(string Source, string Position) : Cursor;

/// <summary>Which orders, from where on, and at most how many (1 to 100).</summary>
public sealed record OrderQuery(OrderFilter Filter, CommerceCursor? After, int Limit);

/// <summary>Which products, from where on, and at most how many (1 to 100).</summary>
public sealed record ProductQuery(ProductFilter Filter, CommerceCursor? After, int Limit);

/// <summary>Which stock, from where on, and at most how many (1 to 100; a page may hold fewer).</summary>
public sealed record InventoryQuery(string? Sku, CommerceCursor? After, int Limit);
