using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Tests.Shopify;

public sealed class ShopifyTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("wrong", "2026-07", HttpStatusCode.Unauthorized)]
    [InlineData(SandboxUnderTest.Key, "2026-08", HttpStatusCode.NotFound)]
    [InlineData(SandboxUnderTest.Key, "2026-07", HttpStatusCode.OK)]
    public async Task The_token_and_the_version_must_be_right(string token, string version, HttpStatusCode status)
    {
        var sandbox = await shared.FreshAsync();

        var reply = await sandbox.ShopifyAsync("{ shop { name } }", token: token, version: version);

        Assert.Equal(status, reply.StatusCode);
        Assert.Equal(status is HttpStatusCode.OK, (await reply.JsonAsync())["errors"] is null);
        Assert.Equal(status is HttpStatusCode.OK ? 0 : 1, (await sandbox.ViolationsAsync()).Count);
    }

    [Fact]
    public async Task An_answer_holds_what_was_asked_for_and_nothing_else()
    {
        var sandbox = await shared.FreshAsync();

        var reply = await (await sandbox.ShopifyAsync("query Q($n: Int = 1) { title: shop { called: name } locations(first: $n) { edges { cursor node { name } } } }")).JsonAsync();

        Assert.Equal("""{"called":"Sandbox shop"}""", reply["data"]!["title"]!.ToJsonString());
        Assert.Equal("Warehouse", reply.Text("data", "locations", "edges", 0, "node", "name"));
    }

    [Theory]
    [InlineData("{ shop { colour } }", "undefinedField")]
    [InlineData("{ customers(first: 1) { nodes { id } } }", "undefinedField")]
    [InlineData("{ orders { nodes { id } } }", "BAD_REQUEST")]
    [InlineData("{ orders(first: 251) { nodes { id } } }", "BAD_REQUEST")]
    [InlineData("{ orders(first: 2, after: \"x\") { nodes { id } } }", "BAD_REQUEST")]
    [InlineData("query Q($first: Int!) { orders(first: $first) { nodes { id } } }", "INVALID_VARIABLE")]
    [InlineData("{ orders(first: 250) { nodes { currentTotalPriceSet { shopMoney { amount } } variants: lineItems(first: 5) { nodes { id } } } } }", "MAX_COST_EXCEEDED")]
    [InlineData("{ shop { name }", null)]
    [InlineData("mutation { x }", "undefinedField")]
    [InlineData("subscription { x }", null)]
    public async Task A_query_that_cannot_be_answered_is_an_error_at_200(string query, string? code)
    {
        var sandbox = await shared.FreshAsync();

        var reply = await sandbox.ShopifyAsync(query);

        var body = await reply.JsonAsync();
        Assert.Equal((HttpStatusCode.OK, code), (reply.StatusCode, body.Text("errors", 0, "extensions", "code")));
        Assert.Null(body["data"]);
        Assert.Single(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task A_body_without_a_query_is_a_400()
    {
        var sandbox = await shared.FreshAsync();

        var reply = await sandbox.ShopifyAsync(new JsonObject { ["id"] = 1 });

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task The_bucket_empties_by_points_says_THROTTLED_at_200_and_fills_with_time()
    {
        const string query = "{ orders(first: 10) { nodes { id } } }"; // asks for 12 points
        await using var sandbox = await SandboxUnderTest.StartAsync(("Integrations:Limits:shopify", "20/10s"));

        var first = await (await sandbox.ShopifyAsync(query)).JsonAsync();
        var throttled = await sandbox.ShopifyAsync(query);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(2));
        var later = await (await sandbox.ShopifyAsync(query)).JsonAsync();

        Assert.Equal("""{"requestedQueryCost":12,"actualQueryCost":12,"throttleStatus":{"maximumAvailable":20,"currentlyAvailable":8,"restoreRate":2}}""", first["extensions"]!["cost"]!.ToJsonString());
        var body = await throttled.JsonAsync();
        Assert.Equal((HttpStatusCode.OK, "THROTTLED", (string?)null), (throttled.StatusCode, body.Text("errors", 0, "extensions", "code"), body.Text("extensions", "cost", "actualQueryCost")));
        Assert.Equal("12", body.Text("extensions", "cost", "requestedQueryCost"));
        Assert.Null(later["errors"]);
    }

    [Fact]
    public async Task What_was_not_found_is_not_paid_for()
    {
        var sandbox = await shared.FreshAsync();

        var reply = await (await sandbox.ShopifyAsync("""{ orders(first: 100, query: "name:none created_at:>'2099-01-01'") { nodes { id } } }""")).JsonAsync();

        Assert.Equal(("102", "2"), (reply.Text("extensions", "cost", "requestedQueryCost"), reply.Text("extensions", "cost", "actualQueryCost")));
    }
}

internal static class ShopifyCalls
{
    public static Task<HttpResponseMessage> ShopifyAsync(
        this SandboxUnderTest sandbox, string query, JsonObject? variables = null, string token = SandboxUnderTest.Key, string version = "2026-07") =>
        sandbox.ShopifyAsync(new() { ["query"] = query, ["variables"] = variables }, token, version);

    public static async Task<HttpResponseMessage> ShopifyAsync(
        this SandboxUnderTest sandbox, JsonObject body, string token = SandboxUnderTest.Key, string version = "2026-07")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/shopify/admin/api/{version}/graphql.json") { Content = JsonContent.Create(body) };
        request.Headers.Add("X-Shopify-Access-Token", token);
        return await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
