using System.Net;
using System.Text.Json;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Commerce;

public sealed class CommerceTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Orders = "/api/commerce/orders";

    private static readonly (string, string)[] Live =
        [("SHOPIFY_SHOP", "winter-mugs"), ("SHOPIFY_ACCESS_TOKEN", "shopify-test-token"), ("Integrations:shopify:Retry:MaxAttempts", "1")];

    [Fact]
    public async Task A_live_answer_is_wrapped_with_its_source_and_age()
    {
        Wire.Shopify.RepliesOrders(next: "cursor-1");
        var api = await StartAsync(Live);

        var reply = await api.GetAsync($"{Orders}?status=open&financialStatus=paid&from=2026-11-01T00:00:00Z&limit=10");

        Assert.Equal((200, "shopify"), (reply.Status, reply.Text("source")));
        Assert.Empty(reply.Warnings);
        var order = reply.Items.Single();
        Assert.Equal(("#1001", "open", "paid", "2026-11-01T10:00:00Z"), (Text(order, "name"), Text(order, "status"), Text(order, "financialStatus"), Text(order, "createdAt")));
        Assert.Equal(("EUR", 12.5m), (Text(order.GetProperty("total"), "currency"), order.GetProperty("total").GetProperty("amount").GetDecimal()));
        Assert.Contains("status:open financial_status:paid created_at:\\u003E=", Wire.Shopify.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_by_cursor()
    {
        Wire.Shopify.RepliesOrders(next: "cursor-1").RepliesOrders("#1000");
        var api = await StartAsync(Live);

        var first = await api.GetAsync($"{Orders}?limit=1");
        var second = await api.GetAsync($"{Orders}?limit=1&cursor={first.NextCursor}");

        Assert.Equal(("#1000", null), (Text(second.Items.Single(), "name"), second.NextCursor));
        Assert.Contains("\"after\":\"cursor-1\"", Wire.Shopify.Requests[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("products")]
    [InlineData("inventory")]
    public async Task Missing_credentials_answer_examples_and_name_the_variables(string list)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"/api/commerce/{list}");

        var warning = reply.Warnings.Single();
        Assert.Equal(("mock", "credentials_missing"), (reply.Text("source"), Text(warning, "code")));
        Assert.Contains("SHOPIFY_SHOP and SHOPIFY_ACCESS_TOKEN", Text(warning, "message"), StringComparison.Ordinal);
        Assert.All(reply.Items, item => Assert.StartsWith("mock-", Text(item, "id"), StringComparison.Ordinal));
        Assert.NotEmpty(reply.Items);
    }

    [Fact]
    public async Task What_was_taken_back_is_a_503()
    {
        var api = await StartAsync([.. Live, ("Integrations:shopify:RolledBack", "true")]);

        var reply = await api.GetAsync(Orders);

        Assert.Equal((503, "integration_disabled"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_throttled_read_is_answered_from_the_last_good_answer_to_the_same_question_only()
    {
        Wire.Shopify.RepliesOrders(next: "cursor-1").Throttles().Throttles();
        var api = await StartAsync(Live);
        await api.GetAsync(Orders);

        var same = await api.GetAsync(Orders);
        var other = await api.GetAsync($"{Orders}?status=closed");

        Assert.Equal(("snapshot", "rate_limited", null), (same.Text("source"), Text(same.Warnings.Single(), "code"), same.NextCursor));
        Assert.Equal("#1001", Text(same.Items.Single(), "name"));
        Assert.Equal(("mock", "rate_limited"), (other.Text("source"), Text(other.Warnings.Single(), "code")));
    }

    [Fact]
    public async Task A_cursor_of_another_source_is_a_409()
    {
        var mock = await StartAsync();
        var cursor = (await mock.GetAsync($"{Orders}?limit=1")).NextCursor;
        Wire.Shopify.RepliesOrders(next: "cursor-1").Replies(HttpStatusCode.ServiceUnavailable);
        var live = await StartAsync(Live);

        var mocks = await live.GetAsync($"{Orders}?limit=1&cursor={cursor}");
        var lives = await live.GetAsync($"{Orders}?limit=1&cursor={new ControlPlane.Commerce.CommerceCursor("shopify", "cursor-1")}");

        Assert.Equal((409, "cursor_source_changed"), (mocks.Status, mocks.Code));
        Assert.Equal((409, "cursor_source_changed"), (lives.Status, lives.Code));
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("products")]
    [InlineData("inventory")]
    public async Task Examples_are_paged_as_the_lists_are(string list)
    {
        var api = await SharedAsync();
        var all = (await api.GetAsync($"/api/commerce/{list}")).Items.Select(item => Text(item, "id")).ToList();

        var paged = new List<string?>();
        for (var query = "?limit=2"; query is not "";)
        {
            var page = await api.GetAsync($"/api/commerce/{list}{query}");
            paged.AddRange(page.Items.Select(item => Text(item, "id")));
            query = page.NextCursor is { } cursor ? $"?limit=2&cursor={cursor}" : "";
        }

        Assert.Equal(all, paged);
    }

    [Fact]
    public async Task Examples_are_filtered_as_the_lists_are()
    {
        var api = await StartAsync();

        var orders = (await api.GetAsync($"{Orders}?financialStatus=paid&fulfillmentStatus=partial")).Items;
        var none = (await api.GetAsync($"{Orders}?from=2099-01-01T00:00:00Z")).Items;
        var products = (await api.GetAsync("/api/commerce/products?status=active&q=MUG")).Items;
        var stock = (await api.GetAsync("/api/commerce/inventory?sku=MOCK-003")).Items;

        Assert.Equal("partially_fulfilled", Text(Assert.Single(orders), "fulfillmentStatus"));
        Assert.Empty(none);
        Assert.Equal("Winter mug", Text(Assert.Single(products), "title"));
        Assert.Equal(2, Assert.Single(stock).GetProperty("levels").GetArrayLength());
    }

    [Theory]
    [InlineData("orders?status=done", "status", "cancelled")]
    [InlineData("orders?financialStatus=PAID", "financialStatus", "partially_paid")]
    [InlineData("orders?fulfillmentStatus=shipped", "fulfillmentStatus", "unfulfilled")]
    [InlineData("orders?from=yesterday", "from", "zone")]
    [InlineData("orders?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to", "before from")]
    [InlineData("orders?limit=101", "limit", "100")]
    [InlineData("orders?cursor=x", "cursor", "first page")]
    [InlineData("orders?page=2", "page", "cursor")]
    [InlineData("products?status=gone", "status", "archived")]
    [InlineData("products?q=%00", "q", "U+0000")]
    [InlineData("inventory?sku=", "sku", "blank")]
    public async Task A_bad_filter_is_named_with_what_is_allowed(string query, string field, string allowed)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"/api/commerce/{query}");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.Contains(allowed, reply.Error(field), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
