using System.Net;
using System.Text;
using System.Text.Json;
using HotDash.Integrations.Shopify;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Shopify;

/// <summary>Changes that were approved, as they go out, and what is made of Shopify's answers.</summary>
public sealed class ShopChangeTests
{
    private const string Stock = """{"locationId":"gid://shopify/Location/1","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"to":8}]}""";
    private const string Less = """{"locationId":"gid://shopify/Location/1","reason":"damaged","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"delta":-2}]}""";

    private const string Prices =
        """
        {"productId":"gid://shopify/Product/1","allowPartial":true,"items":[{"variantId":"gid://shopify/ProductVariant/1","from":{"price":10.00},"price":12.50},
         {"variantId":"gid://shopify/ProductVariant/2","from":{"price":20.00,"compareAtPrice":25.00},"compareAtPrice":0}]}
        """;

    private const string Price =
        """{"productId":"gid://shopify/Product/1","items":[{"variantId":"gid://shopify/ProductVariant/1","from":{"price":10.00,"compareAtPrice":15.00},"price":12.50}]}""";

    private const string Fields =
        """
        {"ownerId":"gid://shopify/Product/1","items":[{"namespace":"shop","key":"colour","type":"single_line_text_field","value":"red"},
         {"namespace":"shop","key":"size","value":"5","from":{"text":"4","type":"number_integer","digest":"d4"}}]}
        """;

    private static readonly Guid Id = Guid.Parse("0190c6a0-0000-7000-8000-000000000001");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("commerce.inventory", Stock, """{"name":"available","reason":"correction","quantities":[{"inventoryItemId":"gid://shopify/InventoryItem/1","locationId":"gid://shopify/Location/1","quantity":8,"changeFromQuantity":5}],"key":"*","reference":"gid://hotdash/Approval/0190c6a0-0000-7000-8000-000000000001"}""")]
    [InlineData("commerce.inventory", Less, """{"name":"available","reason":"damaged","changes":[{"inventoryItemId":"gid://shopify/InventoryItem/1","locationId":"gid://shopify/Location/1","delta":-2,"changeFromQuantity":5}],"key":"*","reference":"gid://hotdash/Approval/0190c6a0-0000-7000-8000-000000000001"}""")]
    [InlineData("commerce.price", Prices, """{"product":"gid://shopify/Product/1","partly":true,"variants":[{"id":"gid://shopify/ProductVariant/1","price":"12.50","compareAtPrice":null},{"id":"gid://shopify/ProductVariant/2","price":"20.00","compareAtPrice":null}]}""")]
    [InlineData("commerce.price", Price, """{"product":"gid://shopify/Product/1","partly":false,"variants":[{"id":"gid://shopify/ProductVariant/1","price":"12.50","compareAtPrice":"15.00"}]}""")]
    [InlineData("commerce.metafield", Fields, """{"metafields":[{"ownerId":"gid://shopify/Product/1","namespace":"shop","key":"colour","type":"single_line_text_field","value":"red","compareDigest":null},{"ownerId":"gid://shopify/Product/1","namespace":"shop","key":"size","type":"number_integer","value":"5","compareDigest":"d4"}]}""")]
    public async Task What_was_seen_and_what_is_sent_are_one(string kind, string content, string variables)
    {
        await using var wired = new Wired();
        var operation = Operation(wired, kind);

        var bytes = operation.Compose(Id, 1, content);

        var sent = JsonDocument.Parse(bytes).RootElement.GetProperty("variables");
        var key = KeyOf(bytes);
        Assert.Equal(variables.Replace("*", key, StringComparison.Ordinal), sent.GetRawText());
        Assert.Equal(bytes, operation.Compose(Id, 1, operation.ContentOf(bytes)));
        Assert.Equal(key is "*", key == KeyOf(operation.Compose(Id, 2, content))); // a key for each wording
        Assert.Equal(key is "*", key == KeyOf(operation.Compose(Guid.CreateVersion7(), 1, content)));
    }

    [Fact]
    public async Task Without_an_approval_no_change_goes_out()
    {
        var provider = new StubProvider();
        await using var wired = new Wired(provider);
        List<ShopifyOperation> changes = [.. ShopifyOperation.All.Where(operation => operation.Changes is not null)];

        foreach (var change in changes)
        {
            using var request = new ProviderRequest(HttpMethod.Post, wired.Get<ShopifyOptions>().Endpoint);
            await Assert.ThrowsAsync<InvalidOperationException>(() => wired.Get<ShopifyClient>().ChangeAsync(change, request, Cancellation));
        }

        Assert.Equal(["adjust-inventory", "set-inventory", "set-prices", "set-metafields"], changes.Select(change => change.Name));
        Assert.Empty(provider.Requests);
    }

    [Fact]
    public async Task Bytes_whose_comment_says_otherwise_than_their_variables_are_refused()
    {
        await using var wired = new Wired();
        var operation = Operation(wired, GuardedKinds.CommerceInventory);

        var other = Encoding.UTF8.GetString(operation.Compose(Id, 1, Stock)).Replace("\"quantity\":8", "\"quantity\":80", StringComparison.Ordinal);

        Assert.Throws<IntegrationException>(() => operation.ContentOf(Encoding.UTF8.GetBytes(other)));
        Assert.Throws<IntegrationException>(() => operation.ContentOf("{}"u8.ToArray()));
    }

    [Theory]
    [InlineData("commerce.inventory", """{"items":[]}""", "locationId")]
    [InlineData("commerce.inventory", """{"locationId":"gid://shopify/Location/1","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","to":8}]}""", "items[0].from")]
    [InlineData("commerce.inventory", """{"locationId":"Location/1","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"to":8}]}""", "locationId")]
    [InlineData("commerce.inventory", """{"locationId":"gid://shopify/Location/1","items":[{"inventoryItemId":"gid://shopify/ProductVariant/1","from":5,"to":-1}]}""", "items[0].inventoryItemId items[0].to")]
    [InlineData("commerce.inventory", """{"locationId":"gid://shopify/Location/1","colour":"red","items":[]}""", "colour")]
    [InlineData("commerce.inventory", """{"locationId":"gid://shopify/Location/1","name":"on_hand","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"delta":1}]}""", "items[0].delta")]
    [InlineData("commerce.inventory", """{"locationId":"gid://shopify/Location/1","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"delta":1},{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"to":1}]}""", "items items[1]")]
    [InlineData("commerce.inventory", """{"locationId":"gid://shopify/Location/1","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"delta":0}]}""", "items[0].delta")]
    [InlineData("commerce.price", """{"productId":"gid://shopify/Product/1","items":[{"variantId":"gid://shopify/ProductVariant/1","from":{"price":10},"price":-1}]}""", "items[0].price")]
    [InlineData("commerce.metafield", """{"ownerId":"gid://shopify/Customer/1","items":[{"namespace":"a","key":"b c","value":""}]}""", "ownerId items[0].namespace items[0].key items[0].value")]
    [InlineData("commerce.metafield", "no JSON", "it")]
    public async Task What_is_no_change_is_refused_field_by_field(string kind, string content, string fields)
    {
        await using var wired = new Wired();

        var refused = Assert.Throws<ContentRefusedException>(() => Operation(wired, kind).Compose(Id, 1, content));

        if (fields is not ("colour" or "it") && !content.Contains("[]", StringComparison.Ordinal))
            Assert.Equal(fields.Split(' '), refused.Problems.Select(problem => problem.Field).Distinct());
        Assert.NotEmpty(refused.Message);
    }

    [Fact]
    public async Task More_than_one_call_takes_is_refused()
    {
        await using var wired = new Wired();
        var items = Enumerable.Range(1, 51).Select(id => $$"""{"variantId":"gid://shopify/ProductVariant/{{id}}","from":{"price":10},"price":12}""").ToList();

        Operation(wired, GuardedKinds.CommercePrice).Compose(Id, 1, Change(items[..50]));
        var refused = Assert.Throws<ContentRefusedException>(() => Operation(wired, GuardedKinds.CommercePrice).Compose(Id, 1, Change(items)));

        Assert.Equal("must be 1 to 50.", Assert.Single(refused.Problems).What);

        static string Change(IEnumerable<string> items) => $$"""{"productId":"gid://shopify/Product/1","items":[{{string.Join(',', items)}}]}""";
    }

    [Fact]
    public async Task What_was_approved_is_sent_once_and_read_back()
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, Changed()).Replies(HttpStatusCode.OK, Level(8));
        await using var wired = new Wired(provider);
        var operation = Operation(wired, GuardedKinds.CommerceInventory);
        var action = Approve(operation, Stock);

        var effect = await operation.SendAsync(action, Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => operation.SendAsync(action, Cancellation));

        Assert.Equal(Encoding.UTF8.GetString(operation.Compose(Id, 1, Stock)), provider.Requests[0].Body);
        Assert.Equal(("gid://shopify/InventoryAdjustmentGroup/7", 2), (effect.Id, provider.Requests.Count));
        Assert.Equal("true 5 8 8 ", Told(effect.Result!));
    }

    [Fact]
    public async Task A_change_that_was_made_is_told_though_it_cannot_be_read_back()
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, Changed()).Replies(HttpStatusCode.ServiceUnavailable));

        var effect = await Operation(wired, GuardedKinds.CommerceInventory).SendAsync(Approve(Operation(wired, GuardedKinds.CommerceInventory), Stock), Cancellation);

        Assert.Equal("false 5 8  ", Told(effect.Result!));
    }

    [Theory]
    [InlineData("CHANGE_FROM_QUANTITY_STALE", "changed")]
    [InlineData("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED", "changed")]
    [InlineData("IDEMPOTENCY_CONCURRENT_REQUEST", "unknown")]
    [InlineData("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "refused")]
    [InlineData("INVALID_INVENTORY_ITEM", "refused")]
    [InlineData("Ask ada@shop.example", "hidden")] // no word of the schema
    public async Task A_refusal_goes_back_to_people_is_asked_again_or_is_final(string code, string expected)
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, Refused(code)).Replies(HttpStatusCode.OK, Level(6)));
        var operation = Operation(wired, GuardedKinds.CommerceInventory);

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => operation.SendAsync(Approve(operation, Stock), Cancellation));

        var actual = failure switch
        {
            TargetChangedException changed when changed.Content.Contains("\"from\": 6", StringComparison.Ordinal) && changed.Content.Contains("\"to\": 8", StringComparison.Ordinal) => "changed",
            ActionRefusedException refused when Told(refused.Result) == $"false 5 8  {code}" => "refused",
            ActionRefusedException refused when Told(refused.Result) == "false 5 8  REFUSED" => "hidden",
            { OutcomeUnknown: true, Retryable: true } => "unknown",
            _ => failure.Message,
        };
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("10.00", "25.00", "sends")] // as it was seen
    [InlineData("12.50", "25.00", "sends")] // a part was made by a call whose answer was lost
    [InlineData("12.5", "", "done")]
    [InlineData("11.00", "25.00", "changed")]
    public async Task Prices_are_looked_at_right_before_they_are_set(string first, string former, string expected)
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, Variants(first, former))
            .Replies(HttpStatusCode.OK, """{"data":{"change":{"effect":{"id":"gid://shopify/Product/1"},"done":[{"id":"gid://shopify/ProductVariant/1"}],"userErrors":[{"field":["variants","1","id"],"code":"PRODUCT_VARIANT_DOES_NOT_EXIST"}]}}}""")
            .Replies(HttpStatusCode.OK, Variants("12.50", "25.00"));
        await using var wired = new Wired(provider);
        var operation = Operation(wired, GuardedKinds.CommercePrice);

        var effect = expected is "changed" ? null : await operation.SendAsync(Approve(operation, Prices), Cancellation);
        if (expected is "changed")
            await Assert.ThrowsAsync<TargetChangedException>(() => operation.SendAsync(Approve(operation, Prices), Cancellation));

        Assert.Equal(expected is "sends" ? 3 : 1, provider.Requests.Count);
        if (expected is "sends")
            Assert.Equal("true 10.00 12.50 12.50 ; 20.00, before 25.00 20.00 20.00, before 25.00 PRODUCT_VARIANT_DOES_NOT_EXIST", Told(effect!.Result!));
    }

    [Theory]
    [InlineData(true, IntegrationCodes.NotFound)]
    [InlineData(false, IntegrationCodes.UnexpectedReply)]
    public async Task Variants_of_another_product_and_others_than_were_asked_for_are_not_changed(bool whole, string code)
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, whole ? Variants("10.00", "25.00").Replace("Product/1", "Product/2", StringComparison.Ordinal) : """{"data":{"nodes":[]}}""");
        await using var wired = new Wired(provider);
        var operation = Operation(wired, GuardedKinds.CommercePrice);

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => operation.SendAsync(Approve(operation, Prices), Cancellation));

        Assert.Equal((code, 1), (failure.Code, provider.Requests.Count));
    }

    private static IGuardedOperation Operation(Wired wired, string kind) => wired.Services.GetServices<IGuardedOperation>().Single(operation => operation.Kind == kind);

    private static ApprovedAction Approve(IGuardedOperation operation, string content) =>
        new(new(Id, operation.Kind, operation.Account, "", null), operation.Compose(Id, 1, content));

    private static string KeyOf(byte[] bytes) => Text(JsonDocument.Parse(bytes).RootElement.GetProperty("variables"), "key") ?? "*";

    private static string Told(string result)
    {
        var told = JsonDocument.Parse(result).RootElement;
        return $"{(told.GetProperty("readBack").GetBoolean() ? "true" : "false")} {string.Join("; ", told.GetProperty("items").EnumerateArray().Select(item => $"{Text(item, "from")} {Text(item, "to")} {Text(item, "now")} {Text(item, "refused")}"))}";
    }

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Changed() => """{"data":{"change":{"effect":{"id":"gid://shopify/InventoryAdjustmentGroup/7"},"userErrors":[]}}}""";

    private static string Refused(string code) => $$$"""{"data":{"change":{"effect":null,"userErrors":[{"field":["input","quantities","0","quantity"],"code":"{{{code}}}"}] } } }""";

    private static string Level(int available) =>
        $$$"""{"data":{"nodes":[{"sku":"MUG","inventoryLevel":{"location":{"name":"Warehouse"},"quantities":[{"name":"available","quantity":{{{available}}} }] } }] } }""";

    private static string Variants(string first, string former) =>
        $$$"""
        {"data":{"nodes":[{"displayName":"Mug","sku":null,"price":"{{{first}}}","compareAtPrice":null,"product":{"id":"gid://shopify/Product/1"} },
         {"displayName":"Bowl","sku":"B","price":"20.00","compareAtPrice":{{{(former is "" ? "null" : $"\"{former}\"")}}},"product":{"id":"gid://shopify/Product/1"} }] } }
        """;
}
