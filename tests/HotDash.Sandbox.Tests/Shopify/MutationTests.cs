using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Tests.Shopify;

/// <summary>What changes the stand-in's shop, in the versions of before and after <c>@idempotent</c> became a duty.</summary>
public sealed class MutationTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private const string Old = "2025-10";
    private const string New = "2026-07";
    private static readonly string Item = Id("InventoryItem", 1);
    private static readonly string Place = Id("Location", 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stock_is_changed_where_it_is_shown_and_the_ledger_knows_of_it()
    {
        var sandbox = await shared.FreshAsync();
        var before = await StockAsync(sandbox);

        var group = await SetAsync(sandbox, new { quantity = before + 5, changeFromQuantity = before }, "key-1");
        await AdjustAsync(sandbox, new { delta = -2, changeFromQuantity = before + 5 }, "key-2");

        Assert.Equal(["available 5", "on_hand 5"], group["inventoryAdjustmentGroup"]!["changes"]!.AsArray().Select(change => $"{change!["name"]} {change["delta"]}"));
        Assert.Equal(before + 3, await StockAsync(sandbox));
        Assert.Equal([("inventory.set", 5), ("inventory.adjusted", -2)], (await sandbox.LedgerAsync("shopify")).Select(effect => (effect["operation"]!.GetValue<string>(), effect["details"]!["delta"]!.GetValue<int>())));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task A_key_is_good_for_one_change()
    {
        var sandbox = await shared.FreshAsync();
        var before = await StockAsync(sandbox);

        var first = await AdjustAsync(sandbox, new { delta = 1, changeFromQuantity = (int?)null }, "key");
        var again = await AdjustAsync(sandbox, new { delta = 1, changeFromQuantity = (int?)null }, "key");
        var other = await AdjustAsync(sandbox, new { delta = 2, changeFromQuantity = (int?)null }, "key");
        var refused = await AdjustAsync(sandbox, new { delta = 1, changeFromQuantity = before }, "stale");
        var after = await AdjustAsync(sandbox, new { delta = 1, changeFromQuantity = before }, "stale");

        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(["IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "CHANGE_FROM_QUANTITY_STALE", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"], new[] { other, refused, after }.Select(Code));
        Assert.Equal(before + 1, await StockAsync(sandbox));
        Assert.Single(await sandbox.LedgerAsync("shopify"));
    }

    [Fact]
    public async Task While_a_change_is_under_way_its_key_is_refused()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.SettingsAsync(new { shopify = new { changesLast = "7s" } });

        var first = AdjustAsync(sandbox, new { delta = 1, changeFromQuantity = (int?)null }, "key");
        await sandbox.Clock.WaitedForAsync(TimeSpan.FromSeconds(7), Cancellation);
        var meanwhile = await AdjustAsync(sandbox, new { delta = 1, changeFromQuantity = (int?)null }, "key");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal("IDEMPOTENCY_CONCURRENT_REQUEST", Code(meanwhile));
        Assert.Null(Code(await first));
        Assert.Single(await sandbox.LedgerAsync("shopify"));
    }

    [Theory]
    [InlineData(New, "", """{"delta":1,"changeFromQuantity":null}""", "BAD_REQUEST")] // no key
    [InlineData("2026-01", "", """{"delta":1}""", null)]
    [InlineData("2026-01", "@idempotent(key: \"k\")", """{"delta":1}""", null)]
    [InlineData(Old, "@idempotent(key: \"k\")", """{"delta":1}""", "undefinedDirective")]
    [InlineData(New, "@idempotent", """{"delta":1,"changeFromQuantity":null}""", "missingRequiredArguments")]
    [InlineData(New, "@defer", """{"delta":1,"changeFromQuantity":null}""", "undefinedDirective")]
    [InlineData(New, "@idempotent(key: \"k\")", """{"delta":1}""", "INVALID_VARIABLE")] // changeFromQuantity is always sent
    [InlineData(Old, "", """{"delta":1,"changeFromQuantity":1}""", "INVALID_VARIABLE")]
    [InlineData(New, "@idempotent(key: \"k\")", """{"changeFromQuantity":null}""", "INVALID_VARIABLE")]
    [InlineData(New, "@idempotent(key: \"k\")", """{"delta":1,"changeFromQuantity":null,"colour":"red"}""", "INVALID_VARIABLE")]
    public async Task Keys_and_arguments_are_those_of_the_version(string version, string directive, string change, string? code)
    {
        var sandbox = await shared.FreshAsync();
        var input = Input("changes", JsonNode.Parse(change)!.AsObject());

        var body = await (await sandbox.ShopifyAsync(Mutations.Adjust(directive), new() { ["input"] = input }, version: version)).JsonAsync();

        Assert.Equal(code, body.Text("errors", 0, "extensions", "code"));
        Assert.Equal(code is null ? 1 : 0, (await sandbox.LedgerAsync("shopify")).Count);
    }

    [Theory]
    [InlineData(New, "{}", null)]
    [InlineData(New, """{"name":"reserved"}""", "INVALID_NAME")]
    [InlineData(New, """{"reason":"whim"}""", "INVALID_REASON")]
    [InlineData(New, """{"referenceDocumentUri":"nowhere"}""", "INVALID_REFERENCE_DOCUMENT")]
    [InlineData(New, """{"quantities":{"inventoryItemId":"gid://shopify/InventoryItem/0"}}""", "INVALID_INVENTORY_ITEM")]
    [InlineData(New, """{"quantities":{"locationId":"gid://shopify/Location/0"}}""", "INVALID_LOCATION")]
    [InlineData(New, """{"quantities":{"quantity":-1}}""", "INVALID_QUANTITY_NEGATIVE")]
    [InlineData(New, """{"quantities":{"quantity":1000000001}}""", "INVALID_QUANTITY_TOO_HIGH")]
    [InlineData(New, """{"quantities":{"changeFromQuantity":777}}""", "CHANGE_FROM_QUANTITY_STALE")]
    [InlineData(Old, """{"quantities":{"compareQuantity":777}}""", "COMPARE_QUANTITY_STALE")]
    [InlineData(Old, "{}", "COMPARE_QUANTITY_REQUIRED")]
    [InlineData(Old, """{"ignoreCompareQuantity":true}""", null)]
    public async Task What_Shopify_would_refuse_changes_nothing(string version, string change, string? code)
    {
        var sandbox = await shared.FreshAsync();
        var changes = JsonNode.Parse(change)!.AsObject();
        var quantity = new JsonObject { ["quantity"] = 3 };
        if (version is New)
            quantity["changeFromQuantity"] = null;
        Merge(quantity, changes["quantities"]);
        changes.Remove("quantities");
        var input = Input("quantities", quantity);
        Merge(input, changes);

        var payload = await ChangeAsync(sandbox, Mutations.Set(version is New ? "@idempotent(key: \"k\")" : ""), new() { ["input"] = input }, version);

        Assert.Equal(code, Code(payload));
        Assert.Equal(code is null, payload["inventoryAdjustmentGroup"] is not null);
        Assert.Equal(code is null ? 1 : 0, (await sandbox.LedgerAsync("shopify")).Count);
    }

    [Fact]
    public async Task One_bad_variant_fails_all_unless_the_others_may_go_ahead()
    {
        var sandbox = await shared.FreshAsync();
        var variables = new JsonObject
        {
            ["product"] = Id("Product", 1),
            ["variants"] = new JsonArray(new JsonObject { ["id"] = Id("ProductVariant", 1), ["price"] = "12.5" }, new JsonObject { ["id"] = Id("ProductVariant", 9), ["price"] = "1" }),
        };

        var all = await ChangeAsync(sandbox, Mutations.Variants, variables.DeepClone().AsObject());
        variables["partly"] = true;
        var some = await ChangeAsync(sandbox, Mutations.Variants, variables);

        Assert.Equal(("PRODUCT_VARIANT_DOES_NOT_EXIST", null), (Code(all), all["productVariants"]));
        Assert.Equal("12.50", Assert.Single(some["productVariants"]!.AsArray())!["price"]!.GetValue<string>());
        Assert.Equal("variants 1 id", string.Join(' ', some["userErrors"]![0]!["field"]!.AsArray()));
        Assert.Single(await sandbox.LedgerAsync("shopify", "variant.updated"));
    }

    [Fact]
    public async Task A_metafield_is_set_by_the_digest_that_was_read_or_not_at_all()
    {
        var sandbox = await shared.FreshAsync();

        var made = await MetafieldAsync(sandbox, ("value", "red"), ("compareDigest", null));
        var digest = made["metafields"]![0]!["compareDigest"]!.GetValue<string>();
        var there = await MetafieldAsync(sandbox, ("value", "blue"), ("compareDigest", null));
        var changed = await MetafieldAsync(sandbox, ("value", "blue"), ("compareDigest", digest));
        var stale = await MetafieldAsync(sandbox, ("value", "green"), ("compareDigest", digest));
        var strange = await MetafieldAsync(sandbox, ("value", "green"), ("compareDigest", "x"));
        var unguarded = await MetafieldAsync(sandbox, ("value", "green"));
        var wrong = await MetafieldAsync(sandbox, ("value", "green"), ("type", "number_integer"));

        Assert.Equal([null, "STALE_OBJECT", null, "STALE_OBJECT", "INVALID_COMPARE_DIGEST", null, "INVALID_TYPE"], new[] { made, there, changed, stale, strange, unguarded, wrong }.Select(Code));
        Assert.Equal(["red", "blue", "green"], (await sandbox.LedgerAsync("shopify")).Select(effect => effect["details"]!["value"]!.GetValue<string>()));
    }

    internal static string Id(string type, int number) => $"gid://shopify/{type}/{9_007_199_254_740_993 + number}";

    internal static JsonObject Input(string list, JsonObject change)
    {
        change["inventoryItemId"] ??= Item;
        change["locationId"] ??= Place;
        return new() { ["name"] = "available", ["reason"] = "correction", [list] = new JsonArray(change) };
    }

    private static Task<JsonObject> AdjustAsync(SandboxUnderTest sandbox, object change, string key) =>
        ChangeAsync(sandbox, Mutations.Adjust($"@idempotent(key: \"{key}\")"), new() { ["input"] = Input("changes", System.Text.Json.JsonSerializer.SerializeToNode(change)!.AsObject()) });

    private static Task<JsonObject> SetAsync(SandboxUnderTest sandbox, object quantity, string key) =>
        ChangeAsync(sandbox, Mutations.Set($"@idempotent(key: \"{key}\")"), new() { ["input"] = Input("quantities", System.Text.Json.JsonSerializer.SerializeToNode(quantity)!.AsObject()) });

    private static Task<JsonObject> MetafieldAsync(SandboxUnderTest sandbox, params (string Name, string? Value)[] parts)
    {
        var input = new JsonObject { ["ownerId"] = Id("Product", 1), ["namespace"] = "shop", ["key"] = "colour", ["type"] = "single_line_text_field" };
        foreach (var (name, value) in parts)
            input[name] = value;

        return ChangeAsync(sandbox, Mutations.Metafields, new() { ["metafields"] = new JsonArray(input) });
    }

    private static async Task<JsonObject> ChangeAsync(SandboxUnderTest sandbox, string document, JsonObject variables, string version = New) =>
        (await (await sandbox.ShopifyAsync(document, variables, version: version)).JsonAsync())["data"]!.AsObject().Single().Value!.AsObject();

    private static async Task<int> StockAsync(SandboxUnderTest sandbox)
    {
        var reply = await (await sandbox.ShopifyAsync("{ productVariants(first: 1) { nodes { inventoryQuantity } } }")).JsonAsync();
        return int.Parse(reply.Text("data", "productVariants", "nodes", 0, "inventoryQuantity")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string? Code(JsonObject payload) => payload["userErrors"]!.AsArray() is [{ } error, ..] ? error["code"]!.GetValue<string>() : null;

    private static void Merge(JsonObject into, JsonNode? changes)
    {
        foreach (var (name, value) in changes?.AsObject() ?? [])
            into[name] = value?.DeepClone();
    }
}
