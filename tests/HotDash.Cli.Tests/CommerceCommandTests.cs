using System.Net;

namespace HotDash.Cli.Tests;

public sealed class CommerceCommandTests
{
    private const string Id = "0190c6a0-0000-7000-8000-000000000001";

    private const string Approval =
        $$"""
        {"id":"{{Id}}","kind":"commerce.inventory","target":"gid://shopify/Location/1","hash":"abc","state":"pending","required":1,"approvedBy":[],
         "expiresAt":"2026-01-02T12:00:00Z","reason":null,"stale":true}
        """;

    [Theory]
    [InlineData("inventory --location 1 --set 12=8 --set gid://shopify/InventoryItem/13=0 --reason restock", "inventory", """{"locationId":"gid://shopify/Location/1","name":null,"reason":"restock","items":[{"inventoryItemId":"gid://shopify/InventoryItem/12","to":8},{"inventoryItemId":"gid://shopify/InventoryItem/13","to":0}]}""")]
    [InlineData("inventory --location 1 --adjust 12=-2", "inventory", """{"locationId":"gid://shopify/Location/1","name":null,"reason":null,"items":[{"inventoryItemId":"gid://shopify/InventoryItem/12","delta":-2}]}""")]
    [InlineData("prices --product 1 --variant 12=19.90/24.90 --variant 13=5 --partial", "prices", """{"productId":"gid://shopify/Product/1","allowPartial":true,"items":[{"variantId":"gid://shopify/ProductVariant/12","price":19.90,"compareAtPrice":24.90},{"variantId":"gid://shopify/ProductVariant/13","price":5,"compareAtPrice":null}]}""")]
    [InlineData("metafields --owner gid://shopify/Product/1 --file fields.json", "metafields", """{"ownerId":"gid://shopify/Product/1","items":[{"key":"colour"}]}""")]
    public async Task A_change_is_asked_for_and_waits_for_people(string line, string path, string body)
    {
        using var cli = new CliUnderTest();
        var file = Path.Combine(cli.Folder.Path, "fields.json");
        await File.WriteAllTextAsync(file, """[{"key":"colour"}]""", TestContext.Current.CancellationToken);
        cli.Api.Replies(HttpStatusCode.Accepted, Approval);

        var code = await cli.RunAsync(["commerce", .. line.Split(' ').Select(word => word is "fields.json" ? file : word)]);

        var sent = cli.Api.Requests.Single();
        Assert.Equal((0, $"POST /api/commerce/{path}/changes", body), (code, $"{sent.Method} {sent.Address.PathAndQuery}", sent.Body));
        Assert.Contains($"{Id} waits for 1 to approve it", cli.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inventory --location 1 --set 12", "id=value")]
    [InlineData("inventory --location 1 --set 12=many", "'many' is no number")]
    [InlineData("prices --product 1 --variant 12=free", "'free' is no price")]
    [InlineData("metafields --owner 1 --file nowhere.json", "--file cannot be read")]
    public async Task What_cannot_be_understood_is_said(string line, string expected)
    {
        using var cli = new CliUnderTest();

        var code = await cli.RunAsync(["commerce", .. line.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Contains(expected, cli.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_is_shown_with_what_was_there_each_time_and_what_became_of_it()
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK,
            $$"""
            {"approval":{{Approval}},"contentHidden":null,"grades":[],"revisions":[
              {"revision":1,"author":"bot","at":"2026-01-01T12:00:00Z","content":"{\"items\":[{\"inventoryItemId\":\"gid\",\"label\":\"MUG at Warehouse\",\"from\":5,\"to\":8}]}"},
              {"revision":2,"author":"hotdash","at":"2026-01-01T13:00:00Z","content":"{\"items\":[{\"variantId\":\"gid\",\"from\":{\"price\":6.50,\"compareAtPrice\":7.25},\"price\":9}]}"}],
             "result":"{\"readBack\":true,\"items\":[{\"id\":\"gid\",\"from\":\"6\",\"to\":\"8\",\"now\":\"6\",\"refused\":\"INVALID_LOCATION\"}]}"}
            """);

        var code = await cli.RunAsync("commerce", "show", Id);

        Assert.Equal((0, $"/api/approvals/{Id}"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.All(["MUG at Warehouse", "6.50, before 7.25", "INVALID_LOCATION", "the shop had other values"], text => Assert.Contains(text, cli.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("missing", false, 1, "❌ missing: Order.name (list-orders): gone")]
    [InlineData("deprecated", true, 0, "✅ shopify 2026-07: 15 operations")]
    public async Task Parity_says_what_differs_and_fails_when_something_is_missing(string kind, bool ok, int expected, string text)
    {
        using var cli = new CliUnderTest();
        cli.Api.Replies(HttpStatusCode.OK,
            $$"""{"ok":{{(ok ? "true" : "false")}},"version":"2026-07","operations":15,"compared":200,"findings":[{"kind":"{{kind}}","operation":"list-orders","what":"Order.name","reason":"gone"}]}""");

        var code = await cli.RunAsync("check", "shopify", "--parity");

        Assert.Equal((expected, "/api/integrations/shopify/parity"), (code, cli.Api.Requests.Single().Address.PathAndQuery));
        Assert.Contains(text, cli.Out, StringComparison.Ordinal);
    }
}
