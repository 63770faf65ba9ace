using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>The fields that apps put beside Shopify's own, of one product or variant: all or none.</summary>
public sealed partial class MetafieldChange(string ownerId, IReadOnlyList<MetafieldChange.FieldItem> items) : ShopChange
{
    private const int MaxItems = 25;
    private const int MaxValue = 20_000;

    /// <summary>Of a product or a variant.</summary>
    public string OwnerId => ownerId;

    public IReadOnlyList<FieldItem> Items => items;

    public override string Kind => GuardedKinds.CommerceMetafield;

    public override string Target => OwnerId;

    internal override bool IsKeyed => false;

    internal override bool MayBeNew => true;

    internal override ShopifyOperation Operation => ShopifyOperation.SetMetafields;

    internal override IReadOnlyList<ChangeLine> Lines => [.. Items.Select(item => new ChangeLine(item.FullKey, null, item.From?.Text, item.Value))];

    internal override JsonObject Variables => new()
    {
        ["metafields"] = new JsonArray([.. Items.Select(item => new JsonObject
        {
            ["ownerId"] = OwnerId,
            ["namespace"] = item.Namespace,
            ["key"] = item.Key,
            ["type"] = item.Type ?? item.From?.Type,
            ["value"] = item.Value,
            ["compareDigest"] = item.From?.Digest, // null: there must be none
        })]),
    };

    internal override IEnumerable<ContentProblem> Problems()
    {
        if (!ShopifyIds.Is(OwnerId, "Product") && !ShopifyIds.Is(OwnerId, "ProductVariant"))
            yield return new("ownerId", $"{ShopifyIds.Rule("Product")} Or of a ProductVariant.");
        foreach (var problem in ItemList.Problems(Items, MaxItems, item => item.FullKey, "key"))
            yield return problem;

        foreach (var (place, item) in Items.Index())
        {
            if (!Name().IsMatch(item.Namespace) || item.Namespace.Length < 3)
                yield return new($"items[{place}].namespace", "must be 3 to 255 letters, digits, '_' and '-'.");
            if (!Name().IsMatch(item.Key) || item.Key.Length > 64)
                yield return new($"items[{place}].key", "must be 2 to 64 letters, digits, '_' and '-'.");
            if (item.Value is not { Length: > 0 and <= MaxValue })
                yield return new($"items[{place}].value", $"must have 1 to {MaxValue} characters.");
            if (item.Type is not null && !TypeName().IsMatch(item.Type))
                yield return new($"items[{place}].type", "must be one of Shopify's, such as single_line_text_field or number_integer.");
        }
    }

    internal override async Task<ShopChange> ReadAsync(ShopifyClient shopify, CancellationToken ct)
    {
        var found = await shopify.ReadAsync(
            ShopifyOperation.Metafields, new(First: MaxItems, Id: OwnerId, Keys: [.. Items.Select(item => item.FullKey)]), ShopifyJson.Default.ReplyMetafieldsData,
            data => data.Node?.Metafields?.Nodes, ct) ?? throw new ContentRefusedException([new("ownerId", "is not there.")]);
        var now = found.ToDictionary(field => field.FullKey, StringComparer.Ordinal);

        List<FieldItem> present = [.. Items.Select(item => item with { From = now.TryGetValue(item.FullKey, out var field) ? new(field.Value, field.Type, field.CompareDigest) : null })];
        if (present.FindIndex(item => (item.Type ?? item.From?.Type) is null) is >= 0 and var place)
            throw new ContentRefusedException([new($"items[{place}].type", "is required: there is no such metafield yet.")]);

        return new MetafieldChange(OwnerId, present);
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{2,255}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[a-z_.]{1,60}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TypeName();

    /// <param name="Type">Needed for one that is not there yet.</param>
    /// <param name="From">What was there when the change was asked for; null: nothing.</param>
    public sealed record FieldItem(string Namespace, string Key, string Value, string? Type = null, Present? From = null)
    {
        internal string FullKey => $"{Namespace}.{Key}";

        public override string ToString() => FullKey;
    }

    /// <param name="Digest">By which Shopify compares.</param>
    public sealed record Present(string Text, string Type, string Digest)
    {
        public override string ToString() => Digest;
    }
}
