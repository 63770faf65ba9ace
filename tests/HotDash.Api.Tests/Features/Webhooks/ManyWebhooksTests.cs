using HotDash.TestKit;
using Npgsql;

namespace HotDash.Api.Tests.Features.Webhooks;

public sealed class ManyWebhooksTests(PostgresFixture postgres, ITestOutputHelper output) : ApiTest(postgres)
{
    private const int Genuine = 1300;
    private const int Repeated = 600;
    private const int Forged = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Of_2000_deliveries_in_any_order_each_genuine_event_has_its_effect_once_though_a_provider_is_away_meanwhile()
    {
        var api = await StartAsync(Signed.Settings);
        await ExecuteAsync("create table effects (id bigint generated always as identity, event uuid)");
        var provider = new AwayForAWhile(from: 300, count: 200);
        await using var pollers = await PollersUnderTest.StartAsync(ConnectionString, Handling("chatwoot", "message_created"), Handling("shopify", "orders/updated"), Handling("acme", "invoice.paid"));
        var deliveries = Deliveries(new Random(1));

        var replies = new Reply[deliveries.Length];
        await Parallel.ForAsync(0, deliveries.Length, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (i, _) =>
        {
            using var request = deliveries[i]();
            replies[i] = await Reply.ReadAsync(await api.Http.SendAsync(request, Ct));
        });
        await SettledAsync();

        Dictionary<string, long> counts = new(StringComparer.Ordinal)
        {
            ["deliveries"] = deliveries.Length,
            ["kept"] = replies.Count(reply => reply.Status is 200 && !reply.Json.GetProperty("duplicate").GetBoolean()),
            ["known already"] = replies.Count(reply => reply.Status is 200 && reply.Json.GetProperty("duplicate").GetBoolean()),
            ["refused"] = replies.Count(reply => reply.Status is 401),
            ["events handled"] = await CountAsync("webhook_events where state = 'done'"),
            ["failed while the provider was away"] = provider.Refused,
            ["effects"] = await CountAsync("effects"),
            ["events without an effect"] = await CountAsync("webhook_events where id not in (select event from effects)"),
            ["out of order in their resource"] = await CountAsync(
                """
                (select seq, lag(seq) over (partition by source, resource order by effects.id) as before from effects join webhook_events event on event.id = effects.event) told
                where seq < before
                """),
        };
        foreach (var (what, count) in counts)
            output.WriteLine($"{what,-36}{count,6}");

        Assert.Equal([2000, Genuine, Repeated, Forged, Genuine, 200, Genuine, 0, 0], counts.Values);

        CountedHandler Handling(string source, string topic) => new(source, topic, provider);
    }

    /// <summary>Every genuine one, some of them again, and some whose signature is of other bytes; in no order.</summary>
    private static Func<HttpRequestMessage>[] Deliveries(Random random)
    {
        Func<HttpRequestMessage>[] genuine = [.. Enumerable.Range(0, Genuine).Select(number => (Func<HttpRequestMessage>)(() => Event(number, Signed.Secret, Signed.StandardSecret)))];
        var forged = Enumerable.Range(0, Forged).Select(number => (Func<HttpRequestMessage>)(() => Event(number, "another", Signed.StandardSecret.ToUpperInvariant())));

        Func<HttpRequestMessage>[] all = [.. genuine, .. random.GetItems(genuine, Repeated), .. forged];
        random.Shuffle(all);
        return all;
    }

    private static HttpRequestMessage Event(int number, string secret, string standardSecret) => (number % 3) switch
    {
        0 => Signed.Chatwoot(Signed.Json($$$"""{"event":"message_created","id":{{{number}}},"conversation":{"id":{{{number % 200}}} }}"""), $"d-{number}", secret),
        1 => Signed.Shopify(Signed.Json($$"""{"id":{{number % 200}},"number":{{number}}}"""), $"d-{number}", "orders/updated", secret),
        _ => Signed.Standard(Signed.Json($$$"""{"type":"invoice.paid","data":{"number":{{{number}}},"id":"in_{{{number % 200}}}"}}"""), $"msg_{number}", secret: standardSecret),
    };

    private async Task SettledAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        while (await CountAsync("webhook_events where state = 'pending'") > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
