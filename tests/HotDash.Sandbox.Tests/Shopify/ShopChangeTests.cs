using System.Text.Json;
using HotDash.Integrations;
using HotDash.Integrations.Shopify;
using HotDash.Integrations.Shopify.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Shopify;

/// <summary>Changes that people approved, against the stand-in over real HTTP: each has its effect once, and only on what they saw.</summary>
public sealed class ShopChangeTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static readonly string Place = MutationTests.Id("Location", 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stock_is_changed_once_however_often_it_is_sent_and_the_result_is_read_back()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var (change, id) = (await PrepareAsync(clients, Stock(delta: 3)), Guid.CreateVersion7());

        var first = await SendAsync(clients, change, id);
        var again = await SendAsync(clients, change, id);

        Assert.Equal(first.Id, again.Id);
        Assert.Single(await sandbox.LedgerAsync("shopify", "inventory.adjusted"));
        var more = $"{From(change) + 3}";
        Assert.Equal(($"{From(change)}", more, more, null), Row(first, 0));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task Stock_that_somebody_else_changed_goes_back_to_people_with_both_numbers_and_then_works()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var change = await PrepareAsync(clients, Stock(to: 77));
        await SendAsync(clients, await PrepareAsync(clients, Stock(to: 7)), Guid.CreateVersion7());

        var id = Guid.CreateVersion7();
        var changed = await Assert.ThrowsAsync<TargetChangedException>(() => SendAsync(clients, change, id));
        var renewed = clients.Guarded(change.Kind).Approve(id, change.Target, changed.Content, revision: 2);
        var effect = await clients.Guarded(change.Kind).SendAsync(renewed, Cancellation);

        Assert.Contains("\"from\": 7,", changed.Content, StringComparison.Ordinal);
        Assert.Equal(("7", "77", "77", null), Row(effect, 0));
        Assert.Equal(2, (await sandbox.LedgerAsync("shopify", "inventory.set")).Count);
    }

    [Fact]
    public async Task Prices_are_set_in_part_where_that_was_approved_and_each_refusal_is_told()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var change = await PrepareAsync(clients, Prices(2.5m, allowPartial: true));

        var effect = await SendAsync(clients, change, Guid.CreateVersion7());
        var again = await SendAsync(clients, change, Guid.CreateVersion7());
        var stale = await Assert.ThrowsAsync<TargetChangedException>(() => SendAsync(clients, AsIf(change), Guid.CreateVersion7()));

        Assert.Equal(("2.50", "2.50", null), (Row(effect, 0).To, Row(effect, 0).Now, Row(effect, 0).Refused));
        Assert.Equal("2.50", Row(again, 1).Now);
        Assert.Contains("2.50", stale.Content, StringComparison.Ordinal);
        Assert.Equal(2, (await sandbox.LedgerAsync("shopify", "variant.updated")).Count);
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task Metafields_are_made_and_changed_by_the_digest_that_was_seen()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();
        var (made, other) = (await PrepareAsync(clients, Field("red")), await PrepareAsync(clients, Field("blue")));

        var effect = await SendAsync(clients, made, Guid.CreateVersion7());
        var again = await SendAsync(clients, made, Guid.CreateVersion7());
        var stale = await Assert.ThrowsAsync<TargetChangedException>(() => SendAsync(clients, other, Guid.CreateVersion7()));
        var changed = await clients.Guarded(other.Kind).SendAsync(clients.Guarded(other.Kind).Approve(Guid.CreateVersion7(), other.Target, stale.Content), Cancellation);

        Assert.Equal((null, "red", "red", null), Row(effect, 0));
        Assert.Equal("red", Row(again, 0).Now);
        Assert.Equal(("red", "blue", "blue", null), Row(changed, 0));
        Assert.Equal(2, (await sandbox.LedgerAsync("shopify", "metafield.set")).Count);
    }

    [Fact]
    public async Task What_is_not_there_is_named_before_anybody_is_asked()
    {
        var sandbox = await shared.FreshAsync();
        await using var clients = sandbox.Clients();

        var nowhere = await Assert.ThrowsAsync<ContentRefusedException>(() => PrepareAsync(clients, Stock(delta: 1, item: 99)));
        var seen = await Assert.ThrowsAsync<ContentRefusedException>(() => PrepareAsync(clients, Stock(delta: 1, from: 123_456)));
        var foreign = await Assert.ThrowsAsync<ContentRefusedException>(() => PrepareAsync(clients, Prices(1, allowPartial: false, product: 5)));
        var untyped = await Assert.ThrowsAsync<ContentRefusedException>(() => PrepareAsync(clients, Field("red", type: null)));

        Assert.Equal(
            ["items[0].inventoryItemId", "items[0].from", "items[0].variantId", "items[0].type"],
            new[] { nowhere, seen, foreign, untyped }.Select(refused => refused.Problems[0].Field));
        Assert.Contains("now, not 123456", seen.Message, StringComparison.Ordinal);
    }

    internal static InventoryChange Stock(int? to = null, int? delta = null, int item = 1, int? from = null) =>
        new(Place, [new(MutationTests.Id("InventoryItem", item), null, from, to, delta)]);

    internal static PriceChange Prices(decimal price, bool allowPartial, int product = 1) => new(
        MutationTests.Id("Product", product), [new(MutationTests.Id("ProductVariant", 1), Price: price), new(MutationTests.Id("ProductVariant", 2), Price: price)], allowPartial);

    internal static MetafieldChange Field(string value, string? type = "single_line_text_field") =>
        new(MutationTests.Id("Product", 1), [new("shop", "colour", value, type)]);

    internal static Task<ShopChange> PrepareAsync(IServiceProvider clients, ShopChange asked) => asked.PrepareAsync(clients.GetRequiredService<ShopifyClient>(), Cancellation);

    internal static Task<Existing> SendAsync(IServiceProvider clients, ShopChange change, Guid id) =>
        clients.Guarded(change.Kind).SendAsync(clients.Guarded(change.Kind).Approve(id, change.Target, change.Content), Cancellation);

    /// <summary>The same variants, which somebody saw at the prices from before and wants to have otherwise.</summary>
    private static PriceChange AsIf(ShopChange before) =>
        new(before.Target, [.. ((PriceChange)before).Items.Select(item => item with { Price = 3 })]);

    private static int From(ShopChange change) => ((InventoryChange)change).Items[0].From!.Value;

    private static (string? From, string? To, string? Now, string? Refused) Row(Existing effect, int place)
    {
        var row = JsonDocument.Parse(effect.Result!).RootElement.GetProperty("items")[place];
        return (Text("from"), Text("to"), Text("now"), Text("refused"));

        string? Text(string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
