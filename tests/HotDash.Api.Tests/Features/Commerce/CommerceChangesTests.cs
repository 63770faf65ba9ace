using System.Net;
using System.Text.Json;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Commerce;

public sealed class CommerceChangesTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private static readonly (string, string)[] Live = [("SHOPIFY_SHOP", "winter-mugs"), ("SHOPIFY_ACCESS_TOKEN", "shopify-test-token"), ("Integrations:shopify:Retry:MaxAttempts", "1")];

    [Fact]
    public async Task What_is_asked_for_waits_for_people_with_what_is_there_now_and_changes_nothing()
    {
        Wire.Shopify.RepliesStock(5).RepliesPrices().RepliesMetafields();
        var api = await StartAsync(Live);

        var stock = await api.PostAsync("/api/commerce/inventory/changes", new { locationId = "gid://shopify/Location/1", items = new[] { new { inventoryItemId = "gid://shopify/InventoryItem/1", from = 5, to = 8 } } });
        var negative = await api.PostAsync("/api/commerce/inventory/changes", new { locationId = "gid://shopify/Location/1", items = new[] { new { inventoryItemId = "gid://shopify/InventoryItem/1", to = -1 } } });
        var prices = await api.PostAsync("/api/commerce/prices/changes", new { productId = "gid://shopify/Product/1", items = new[] { new { variantId = "gid://shopify/ProductVariant/1", price = 12.5 } } });
        var fields = await api.PostAsync("/api/commerce/metafields/changes", new { ownerId = "gid://shopify/Product/1", items = new[] { new { @namespace = "shop", key = "colour", value = "red" } } });
        await api.UseKeyAsync("read", "approve");
        var shown = await api.GetAsync($"/api/approvals/{stock.Text("id")}");
        var edited = await api.PostAsync($"/api/approvals/{stock.Text("id")}/edit", new { hash = stock.Text("hash"), content = """{"locationId":"gid://shopify/Location/1","items":[]}""" });

        Assert.Equal((202, "commerce.inventory", "pending", "1", "winter-mugs.myshopify.com"), (stock.Status, stock.Text("kind"), stock.Text("state"), Number(stock, "required"), stock.Text("account")));
        Assert.Equal((202, "commerce.price", "2", "gid://shopify/Product/1"), (prices.Status, prices.Text("kind"), Number(prices, "required"), prices.Text("target")));
        Assert.Equal((202, "commerce.metafield", "1"), (fields.Status, fields.Text("kind"), Number(fields, "required")));
        var item = JsonDocument.Parse(shown.Json.GetProperty("revisions")[0].GetProperty("content").GetString()!).RootElement.GetProperty("items")[0];
        Assert.Equal(("MUG at Warehouse", 5, 8), (item.GetProperty("label").GetString(), item.GetProperty("from").GetInt32(), item.GetProperty("to").GetInt32()));
        Assert.Contains("items must be 1 to 50", edited.Error("content"), StringComparison.Ordinal);
        Assert.Equal(3, Wire.Shopify.Requests.Count); // all of them only read
        Assert.All(Wire.Shopify.Requests, request => Assert.DoesNotContain("mutation", request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_field_by_field_and_Shopify_is_not_asked()
    {
        var api = await StartAsync(Live);

        var empty = await api.PostAsync("/api/commerce/inventory/changes", new { });
        var stock = await api.PostAsync("/api/commerce/inventory/changes", new { locationId = "1", name = "reserved", reason = "Because", items = new object?[] { null, new { inventoryItemId = "gid://shopify/InventoryItem/1", to = -1 } } });
        var negative = await api.PostAsync("/api/commerce/inventory/changes", new { locationId = "gid://shopify/Location/1", items = new[] { new { inventoryItemId = "gid://shopify/InventoryItem/1", to = -1 } } });
        var prices = await api.PostAsync("/api/commerce/prices/changes", new { productId = "gid://shopify/Location/1", items = new[] { new { variantId = "gid://shopify/ProductVariant/1" } } });
        var fields = await api.PostAsync("/api/commerce/metafields/changes", new { ownerId = "gid://shopify/Order/1", items = new[] { new { key = "colour" } } });
        await api.UseKeyAsync("read");
        var reader = await api.PostAsync("/api/commerce/inventory/changes", new { });

        Assert.All(["locationId", "items"], field => Assert.NotEmpty(empty.Error(field)));
        Assert.All(["locationId", "name", "reason", "items[0]", "items[0].inventoryItemId", "items[1]"], field => Assert.NotEmpty(stock.Error(field)));
        Assert.NotEmpty(negative.Error("items[0].to"));
        Assert.All(["productId", "items[0]"], field => Assert.NotEmpty(prices.Error(field)));
        Assert.All(["ownerId", "items[0].namespace", "items[0].value"], field => Assert.NotEmpty(fields.Error(field)));
        Assert.Equal((403, "missing_scope"), (reader.Status, reader.Code));
        Assert.Empty(Wire.Shopify.Requests);
    }

    [Fact]
    public async Task What_is_not_as_it_was_seen_or_cannot_be_read_is_not_asked_for()
    {
        Wire.Shopify.RepliesStock(7).Replies(HttpStatusCode.ServiceUnavailable);
        var api = await StartAsync(Live);
        var body = new { locationId = "gid://shopify/Location/1", items = new[] { new { inventoryItemId = "gid://shopify/InventoryItem/1", from = 5, delta = 1 } } };

        var other = await api.PostAsync("/api/commerce/inventory/changes", body);
        var away = await api.PostAsync("/api/commerce/inventory/changes", body);
        var nowhere = await (await StartAsync()).PostAsync("/api/commerce/inventory/changes", body);

        Assert.Contains("is 7 now, not 5", other.Error("items[0].from"), StringComparison.Ordinal);
        Assert.Equal((502, "unavailable", 503, "credentials_missing"), (away.Status, away.Code, nowhere.Status, nowhere.Code));
    }

    [Fact]
    public async Task Parity_is_compared_where_a_schema_is_told()
    {
        Wire.Shopify.Replies(HttpStatusCode.OK, """{"data":{"__schema":{"queryType":{"name":"QueryRoot"},"mutationType":{"name":"Mutation"},"directives":[]}}}""");
        for (var type = 0; type < 40; type++)
            Wire.Shopify.Replies(HttpStatusCode.OK, """{"data":{"__type":null}}""");
        var api = await StartAsync(Live);

        var report = await api.GetAsync("/api/integrations/shopify/parity");
        var other = await api.GetAsync("/api/integrations/publer/parity");

        Assert.Equal((200, false, "missing"), (report.Status, report.Json.GetProperty("ok").GetBoolean(), report.Json.GetProperty("findings")[0].GetProperty("kind").GetString()));
        Assert.Equal(404, other.Status);
    }

    private static string Number(Reply reply, string name) => reply.Json.GetProperty(name).GetRawText();
}
