using HotDash.Api.Tests.Runbooks;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Api.Tests.Features.Webhooks;

public sealed class ManyWebhooksTests(PostgresFixture postgres, ITestOutputHelper output) : ApiTest(postgres)
{
    private const int Genuine = 1300;
    private const int Repeated = 600;
    private const int Forged = 100;
    private const int OfChatwoot = Genuine / 3 + 1;
    private const int MostCalls = 100; // a call for each event would be more than 400
    private static readonly (string, string)[] Patient = [("Webhooks:MaxAttempts", "20"), .. new[] { "chatwoot", "shopify" }.Select(key => ($"Integrations:{key}:CircuitBreaker:FailureThreshold", "1000"))];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Those that read anew what events are about.</summary>
    private const string Reading = "kind in ('support.keep-conversations', 'commerce.keep-orders')";

    /// <summary>What events have asked to be read soon, and what failed.</summary>
    private const string JobsNow = $"update jobs set due_at = hotdash_now() where {Reading} and due_at > hotdash_now() and due_at < hotdash_now() + interval '1 minute'";

    /// <summary>Those that failed, up to minutes before the next attempt.</summary>
    private const string EventsNow = "update webhook_events set due_at = hotdash_now() where state = 'pending' and due_at > hotdash_now()";

    [Fact]
    public async Task Of_2000_deliveries_in_any_order_each_genuine_event_has_its_effect_once_though_the_providers_are_away_meanwhile()
    {
        using var folder = TestFolder.Create();
        await using var sandbox = await RunningSandbox.StartAsync(folder);
        var api = await StartAsync(Signed.Settings);
        await ExecuteAsync("create table effects (id bigint generated always as identity, event uuid)");
        var needy = new CountedHandler("acme", "invoice.paid", ct => sandbox.ServesAsync("publer", ct));
        await using var pollers = await PollersUnderTest.StartAsync(
            ConnectionString, sandbox, [.. sandbox.AsProviders, .. Patient], new CountedHandler("chatwoot", "message_created"), new CountedHandler("shopify", "orders/updated"), needy);
        var deliveries = Deliveries(new Random(1));

        List<Reply> replies = [.. await SendAsync(api, deliveries[..700])];
        await sandbox.BreakAsync("*");
        replies.AddRange(await SendAsync(api, deliveries[700..1400]));
        await UntilAsync($"select count(*) = 2 from jobs where {Reading} and last_error is not null");
        await sandbox.MendAsync();
        replies.AddRange(await SendAsync(api, deliveries[1400..]));
        await UntilAsync("select not exists (select from webhook_events where state = 'pending')", EventsNow);
        await UntilAsync("select count(*) = 3 from snapshots where key ~ '^(support|commerce/orders)/' and as_of > (select max(settled_at) from webhook_events where source <> 'acme')");

        Dictionary<string, long> counts = new(StringComparer.Ordinal)
        {
            ["deliveries"] = deliveries.Length,
            ["kept"] = replies.Count(reply => reply.Status is 200 && !reply.Json.GetProperty("duplicate").GetBoolean()),
            ["known already"] = replies.Count(reply => reply.Status is 200 && reply.Json.GetProperty("duplicate").GetBoolean()),
            ["refused"] = replies.Count(reply => reply.Status is 401),
            ["events handled"] = await CountAsync("webhook_events where state = 'done'"),
            ["effects"] = await CountAsync("effects"),
            ["events without an effect"] = await CountAsync("webhook_events where id not in (select event from effects)"),
            ["out of order in their resource"] = await CountAsync(
                """
                (select seq, lag(seq) over (partition by source, resource order by effects.id) as before from effects join webhook_events event on event.id = effects.event) told
                where seq < before
                """),
            ["messages kept"] = await CountAsync("support_messages"),
        };
        Dictionary<string, int> calls = new(StringComparer.Ordinal)
        {
            ["calls to Chatwoot"] = sandbox.Calls.Count(call => call.Provider is "chatwoot"),
            ["calls to Shopify"] = sandbox.Calls.Count(call => call.Provider is "shopify"),
            ["refused ones of both"] = sandbox.Calls.Count(call => call is { Provider: "chatwoot" or "shopify", Status: 503 }),
        };
        output.WriteLine(string.Join('\n', [.. counts.Select(count => $"{count.Key,-36}{count.Value,6}"), .. calls.Select(count => $"{count.Key,-36}{count.Value,6}")]));

        Assert.Equal([2000, Genuine, Repeated, Forged, Genuine, Genuine, 0, 0, OfChatwoot], counts.Values);
        Assert.All(calls.Values, count => Assert.InRange(count, 2, MostCalls));
        Assert.NotEqual(0, needy.Refused);
    }

    private static async Task<Reply[]> SendAsync(ApiUnderTest api, Func<HttpRequestMessage>[] deliveries)
    {
        var replies = new Reply[deliveries.Length];
        await Parallel.ForAsync(0, deliveries.Length, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Ct }, async (i, _) =>
        {
            using var request = deliveries[i]();
            replies[i] = await Reply.ReadAsync(await api.Http.SendAsync(request, Ct));
        });
        return replies;
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
        0 => Signed.Chatwoot(Signed.Json($$$"""{"event":"message_created","id":{{{number + 1}}},"message_type":"incoming","content":"Hello","conversation":{"id":{{{number % 200 + 1}}} }}"""), $"d-{number}", secret),
        1 => Signed.Shopify(Signed.Json($$"""{"id":{{number % 200}},"number":{{number}}}"""), $"d-{number}", "orders/updated", secret),
        _ => Signed.Standard(Signed.Json($$$"""{"type":"invoice.paid","data":{"number":{{{number}}},"id":"in_{{{number % 200}}}"}}"""), $"msg_{number}", secret: standardSecret),
    };

    /// <summary>What is to be done later is done now.</summary>
    private async Task UntilAsync(string isSo, string hurry = JobsNow)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(Patience);
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var question = store.CreateCommand(isSo);
        await using var sooner = store.CreateCommand(hurry);
        while (await question.ExecuteScalarAsync(patience.Token) is not true)
        {
            await sooner.ExecuteNonQueryAsync(patience.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token);
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
