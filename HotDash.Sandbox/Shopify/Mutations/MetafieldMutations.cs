using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Shopify.Mutations;

/// <summary>The fields that apps put beside Shopify's own, on products and variants: set all or none of a request.</summary>
internal sealed partial class MetafieldMutations(ShopSeed seed, EffectLedger ledger, TimeProvider clock)
{
    private const int Most = 25;

    private static readonly string[] Types = ["single_line_text_field", "multi_line_text_field", "number_integer", "number_decimal", "boolean", "json", "date", "date_time", "url"];

    private readonly Dictionary<(string Owner, string Namespace, string Key), JsonObject> _fields = [];

    /// <summary><c>metafieldsSet</c></summary>
    public JsonObject Set(Mutation mutation)
    {
        var inputs = mutation.Read<IReadOnlyList<MetafieldInput>>("metafields");
        List<UserError> errors = inputs.Count > Most
            ? [new("LESS_THAN_OR_EQUAL_TO", $"Exceeded the maximum metafields input limit of {Most}.", "metafields")]
            : [.. inputs.Index().Select(input => Check(input.Item, new(input.Index))).OfType<UserError>()];

        return errors is []
            ? mutation.Payload([], ("metafields", new JsonArray([.. inputs.Select(input => Set(mutation, input).DeepClone())])))
            : mutation.Payload(errors, ("metafields", null));
    }

    private UserError? Check(MetafieldInput input, At at) => (input, Known(input)) switch
    {
        _ when seed.Products.Concat(seed.Variants).Find(input.OwnerId) is null => at.Error("INVALID", "Owner does not exist.", "ownerId"),
        ({ Key.Length: < 2 }, _) => at.Error("TOO_SHORT", "Key is too short (minimum is 2 characters)", "key"),
        ({ Key.Length: > 64 }, _) => at.Error("TOO_LONG", "Key is too long (maximum is 64 characters)", "key"),
        _ when !Name().IsMatch(input.Key) || !Name().IsMatch(input.Space) => at.Error("INVALID", "Key and namespace take letters, digits, hyphens and underscores.", "key"),
        ({ Type: null }, null) => at.Error("BLANK", "Type can't be blank", "type"),
        ({ Type: { } type }, null) when !Types.Contains(type, StringComparer.Ordinal) => at.Error("INCLUSION", "Type name is not a valid type", "type"),
        ({ Type: { } type }, { } known) when type != known["type"]!.GetValue<string>() => at.Error("INVALID_TYPE", "Type must be the one that the metafield has.", "type"),
        ({ Value: "" }, _) => at.Error("BLANK", "Value can't be blank", "value"),
        var (_, known) when !Fits(input.Type ?? known!["type"]!.GetValue<string>(), input.Value) => at.Error("INVALID_VALUE", "Value is not of the metafield's type.", "value"),
        var (_, known) => Compare(input.CompareDigest, known, at),
    };

    /// <summary>A digest guards against changes since it was read, null against a metafield that is already there, nothing against nothing.</summary>
    private static UserError? Compare(JsonElement digest, JsonObject? known, At at) => digest switch
    {
        { ValueKind: JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } when !Digest().IsMatch(digest.GetString()!) => at.Error("INVALID_COMPARE_DIGEST", "The compareDigest is invalid.", "compareDigest"),
        { ValueKind: JsonValueKind.Null or JsonValueKind.String } when digest.GetString() == known?["compareDigest"]!.GetValue<string>() => null,
        _ => at.Error("STALE_OBJECT", "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value.", "compareDigest"),
    };

    private JsonObject Set(Mutation mutation, MetafieldInput input)
    {
        var now = Times.Write(clock);
        var known = Known(input);
        var set = _fields[(input.OwnerId, input.Space, input.Key)] = new()
        {
            ["__typename"] = "Metafield",
            ["id"] = known?["id"]!.DeepClone() ?? string.Create(CultureInfo.InvariantCulture, $"gid://shopify/Metafield/{_fields.Count + 1}"),
            ["ownerType"] = input.OwnerId.Contains("/ProductVariant/", StringComparison.Ordinal) ? "PRODUCTVARIANT" : "PRODUCT",
            ["namespace"] = input.Space,
            ["key"] = input.Key,
            ["type"] = input.Type ?? known!["type"]!.DeepClone(),
            ["value"] = input.Value,
            ["compareDigest"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(input.Value))),
            ["createdAt"] = known?["createdAt"]!.DeepClone() ?? now,
            ["updatedAt"] = now,
        };
        var shown = seed.Products.Concat(seed.Variants).Find(input.OwnerId)!["metafields"]!.AsArray();
        if (known is not null)
            shown.Remove(shown.First(field => field!["id"]!.GetValue<string>() == known["id"]!.GetValue<string>()));
        shown.Add(set.DeepClone());
        ledger.Add("shopify", clock.GetUtcNow(), "metafield.set", new()
        {
            ["ownerId"] = input.OwnerId,
            ["namespace"] = input.Space,
            ["key"] = input.Key,
            ["value"] = input.Value,
        }, mutation.TraceParent);

        return set;
    }

    private JsonObject? Known(MetafieldInput input) => _fields.GetValueOrDefault((input.OwnerId, input.Space, input.Key));

    private static bool Fits(string type, string value) => type switch
    {
        "number_integer" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "number_decimal" => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _),
        "boolean" => value is "true" or "false",
        "json" => IsJson(value),
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date_time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "url" => Uri.TryCreate(value, UriKind.Absolute, out _),
        _ => true,
    };

    private static bool IsJson(string value)
    {
        try
        {
            JsonNode.Parse(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{2,255}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digest();

    /// <param name="CompareDigest">Undefined when it was not sent.</param>
    private sealed record MetafieldInput(string OwnerId, string Key, string Value, string? Namespace = null, string? Type = null, JsonElement CompareDigest = default)
    {
        public string Space => Namespace ?? "app--sandbox";
    }

    private readonly record struct At(int Index)
    {
        public UserError Error(string code, string message, string field) => new(code, message, "metafields", $"{Index}", field);
    }
}
