using System.Text.Json;
using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.Webhooks;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Webhooks;

public sealed class HandleWebhooksTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(61);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_one_resource_are_handled_in_the_order_of_their_arrival()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        await world.TellAsync("a:1", "b:1", "a:2", "a:3", "b:2");

        await world.RunSweptAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(["a:1", "a:2", "a:3"], world.Seen.Where(body => body[0] == 'a'));
        Assert.Equal(["b:1", "b:2"], world.Seen.Where(body => body[0] == 'b'));
        Assert.Equal("done done done done done", await world.StatesAsync());
    }

    [Fact]
    public async Task A_worker_that_dies_leaves_each_event_handled_once_or_still_to_be_handled()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        await world.TellAsync("a:1", "a:2");
        world.Throws = body => body is "a:2" && world.Seen.Count == 2 ? new OperationCanceledException() : null;
        await world.SweepAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await world.RunAsync((await world.ClaimAsync())!, dies: true));
        var between = await world.TextAsync("select string_agg(body, ' ' order by id) from effects");
        await world.PassAsync(Lease);
        await world.RunSweptAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("a:1", between);
        Assert.Equal("a:1 a:2", await world.TextAsync("select string_agg(body, ' ' order by id) from effects"));
        Assert.Equal("done done", await world.StatesAsync());
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_handles_nothing_any_more()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        await world.TellAsync("a:1");
        await world.SweepAsync();
        var frozen = (await world.ClaimAsync())!;
        await world.PassAsync(Lease);

        await world.RunAsync((await world.ClaimAsync())!);
        await world.RunAsync(frozen);

        Assert.Equal(["a:1"], world.Seen);
    }

    [Fact]
    public async Task What_fails_has_no_effect_holds_up_its_own_resource_alone_and_is_given_up_at_last()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        await world.TellAsync("a:bad", "a:2", "b:1");
        world.Throws = body => body is "a:bad" ? new InvalidOperationException("canary") : null;

        await world.RunSweptAsync(TimeSpan.FromMinutes(1));
        var meanwhile = await world.StatesAsync();
        await world.RunSweptAsync(TimeSpan.FromMinutes(10));

        Assert.Equal("pending pending done", meanwhile);
        Assert.Equal("poison done done", await world.StatesAsync());
        Assert.Equal(5, world.Seen.Count(body => body is "a:bad"));
        Assert.Equal("b:1 a:2", await world.TextAsync("select string_agg(body, ' ' order by id) from effects"));
        Assert.Equal("InvalidOperationException", await world.TextAsync("select last_error from webhook_events where state = 'poison'"));
    }

    [Fact]
    public async Task What_can_never_be_handled_is_given_up_at_once_and_what_nobody_handles_is_kept_as_ignored()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        world.Throws = body => body is "a:odd" ? new UnreadableWebhookException("It has no id.") : null;
        await world.TellAsync("a:odd");
        await world.KeepAsync("something-else", "a", "{}");
        await world.KeepAsync("unreadable", "unreadable", "{");

        await world.RunSweptAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("poison ignored poison", await world.StatesAsync());
        Assert.Equal("It has no id.", await world.TextAsync("select last_error from webhook_events order by seq limit 1"));
        Assert.Equal(["a:odd"], world.Seen);
    }

    [Fact]
    public async Task What_comes_in_while_others_are_handled_is_settled_in_the_same_way()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        await world.TellAsync("a:1");
        world.Meanwhile = async body =>
        {
            if (body is not "a:1")
                return;
            await world.KeepAsync("something-else", "a", "{}");
            await world.KeepAsync("unreadable", "a", "{");
            await world.TellAsync("a:2");
        };
        await world.SweepAsync();

        await world.RunAsync((await world.ClaimAsync())!);

        Assert.Equal("done ignored poison done", await world.StatesAsync());
        Assert.Equal(["a:1", "a:2"], world.Seen);
    }

    [Fact]
    public async Task What_was_read_instead_of_told_is_not_handled_again_when_it_is_told_late_nor_the_other_way_round()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        world.Source = "chatwoot";
        await world.KeepAsync("message_created", "conversation/7", """{"id":1,"told":1}""");
        await world.KeepAsync("message_created", "conversation/7", """{"id":1,"read":1}""", backfilled: true);
        await world.KeepAsync("message_created", "conversation/7", """{"id":2,"read":2}""", backfilled: true);
        await world.KeepAsync("message_created", "conversation/7", """{"id":2,"told":2}""");
        await world.KeepAsync("message_created", "conversation/7", """{"id":3,"told":3}""");
        await world.RunSweptAsync(TimeSpan.FromSeconds(5));
        world.Source = "shopify";
        await world.KeepAsync("orders/updated", "orders/1", """{"updated_at":"2026-01-05T09:00:00Z","read":4}""", backfilled: true);
        await world.KeepAsync("orders/updated", "orders/1", """{"updated_at":"2026-01-05T10:00:00+01:00","told":4}""");
        await world.KeepAsync("orders/updated", "orders/1", """{"updated_at":"2026-01-05T10:00:01+01:00","told":5}""");
        await world.KeepAsync("orders/updated", "orders/1", """{"updated_at":"2026-01-05T10:00:01+01:00","told":6}""");
        await world.RunSweptAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("told 1, read 2, told 3, read 4, told 5, told 6", string.Join(", ", world.Seen.Select(Word)));
        Assert.Equal(string.Join(' ', Enumerable.Repeat("done", 9)), await world.StatesAsync());

        static string Word(string body) => JsonDocument.Parse(body).RootElement.EnumerateObject().Last() is var last ? $"{last.Name} {last.Value}" : "";
    }

    [Fact]
    public async Task Settled_events_go_when_their_time_is_over_and_what_was_given_up_stays()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        await world.TellAsync("a:1");
        await world.KeepAsync("unreadable", "unreadable", "{");
        await world.RunSweptAsync(TimeSpan.FromSeconds(5));
        await world.PassAsync(TimeSpan.FromDays(3));

        var deleted = (await world.PruneAsync(TimeSpan.FromDays(4)), await world.PruneAsync(TimeSpan.FromDays(2)));

        Assert.Equal((0, 1), deleted);
        Assert.Equal("poison", await world.StatesAsync());
    }

    [Fact]
    public async Task When_the_shop_says_that_something_changed_it_is_read_anew_within_seconds()
    {
        await using var world = await WebhookWorld.CreateAsync(postgres);
        await world.ExecuteAsync(
            """
            insert into jobs (id, kind, payload, unique_key, every, due_at, max_attempts)
            select gen_random_uuid(), kind, 'null', 'recurring:' || kind, '5 minutes', hotdash_now() + interval '4 minutes', 1
            from unnest(array['commerce.keep-orders', 'commerce.keep-inventory']) kind
            """);
        var handler = new CommerceWebhooks(world.Jobs);

        foreach (var topic in (string[])["orders/create", "orders/updated", "app/uninstalled"])
            await HandleAsync(world, handler, topic);
        var orders = await DueAsync(world);
        await HandleAsync(world, handler, "inventory_levels/update");

        Assert.Equal("commerce.keep-inventory 240, commerce.keep-orders 5, commerce.look-at-shopify 0", orders);
        Assert.Equal("commerce.keep-inventory 5, commerce.keep-orders 5, commerce.look-at-shopify 0", await DueAsync(world));
    }

    private static Task<string> DueAsync(WebhookWorld world) => world.TextAsync(
        "select string_agg(kind || ' ' || extract(epoch from due_at - hotdash_now())::int, ', ' order by kind) from jobs");

    private static async Task HandleAsync(WebhookWorld world, CommerceWebhooks handler, string topic)
    {
        await using var connection = await world.Database.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await handler.HandleAsync(
            new() { Id = Guid.CreateVersion7(), Source = "shopify", Topic = topic, Resource = "orders/1", ReceivedAt = world.Now, Body = default }, transaction, Ct);
        await transaction.CommitAsync(Ct);
    }
}
