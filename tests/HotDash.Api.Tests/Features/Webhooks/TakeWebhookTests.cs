using HotDash.ControlPlane.Webhooks;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Api.Tests.Features.Webhooks;

public sealed class TakeWebhookTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private static readonly byte[] Message = Signed.Json("""{"event":"message_created","id":5,"conversation":{"id":7},"content":"canary-words"}""");
    private static readonly byte[] Order = Signed.Json("""{"id":820982911946154508,"email":"canary@example.com"}""");

    private const string NoonInSeconds = "1767268800";
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = 120_000)]
    public async Task What_is_signed_is_stored_sealed_before_the_answer_and_once_however_often_it_comes()
    {
        var api = await StartAsync(Signed.Settings);

        var replies = new[]
        {
            await SendAsync(api, Signed.Chatwoot(Message)),
            await SendAsync(api, Signed.Chatwoot(Message)),
            await SendAsync(api, Signed.Chatwoot(Message, "d-2", Signed.Previous)),
            await SendAsync(api, Signed.Shopify(Order)),
            await SendAsync(api, Signed.Standard(Signed.Json("""{"type":"invoice.paid","data":{"id":"in_1"}}"""), others: "v1,AAAA v2,x ")),
        };

        while (await CountAsync("jobs where kind = 'webhooks.handle'") < 3)
            await Task.Delay(TimeSpan.FromMilliseconds(10), Ct); // they are called beside, one for each lane

        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        Assert.Equal([false, true, false, false, false], replies.Select(reply => reply.Json.GetProperty("duplicate").GetBoolean()));
        Assert.Equal(replies[0].Text("id"), replies[1].Text("id"));
        Assert.Equal(await TextAsync("select string_agg(id::text, ' ' order by seq) from webhook_events"), string.Join(' ', replies.Select(reply => reply.Text("id")).Distinct()));
        Assert.Equal(
            "chatwoot d-1 message_created conversation/7|chatwoot d-2 message_created conversation/7|shopify d-1 orders/create orders/820982911946154508|acme msg_1 invoice.paid invoice/in_1",
            await TextAsync("select string_agg(concat_ws(' ', source, delivery_id, topic, resource), '|' order by seq) from webhook_events"));
        Assert.DoesNotContain("canary", await TextAsync("select string_agg(encode(body, 'escape'), ' ') from webhook_events"), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", api.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_sender_signed_with_a_key_of_its_own_is_taken_by_who_knows_the_public_half_alone()
    {
        var body = Signed.Json("""{"type":"invoice.paid","data":{"id":"in_1"}}""");
        const string signature = "IL1HM14KlOntPaLct9o3y7gDMXT6jujpZEwgh40w1EU9/ihrtNbfQWqsZr87RS6yFGcT/D5MIJC5xxgPB2/GBQ=="; // at that noon, by Node.js's crypto
        var api = await StartAsync(new WireAt(Noon), ("Webhooks:Sources:acme:Secret", "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="));

        var taken = await SendAsync(api, Made(body, "msg_1"));
        var altered = await SendAsync(api, Made([.. body, (byte)' '], "msg_1"));
        var shared = await SendAsync(api, Signed.Standard(body));

        Assert.Equal((200, 401, 401), (taken.Status, altered.Status, shared.Status));
        Assert.Equal("acme msg_1 invoice.paid invoice/in_1", await TextAsync("select string_agg(concat_ws(' ', source, delivery_id, topic, resource), '|') from webhook_events"));

        static HttpRequestMessage Made(byte[] body, string id) =>
            Signed.Request("acme", body, ("webhook-id", id), ("webhook-timestamp", NoonInSeconds), ("webhook-signature", $"v1,AAAA v1a,{signature}"));
    }

    [Fact]
    public async Task Whatever_is_not_signed_fresh_and_whole_is_refused_with_what_is_wrong_and_leaves_nothing()
    {
        var api = await StartAsync(Signed.Settings);
        var altered = Signed.Chatwoot(Message);
        altered.Content = new ByteArrayContent([.. Message, (byte)' ']) { Headers = { ContentType = new("application/json") } };
        var form = Signed.Shopify(Order);
        form.Content!.Headers.ContentType = new("application/x-www-form-urlencoded");
        var otherTime = Signed.Chatwoot(Message, "d-1", Signed.Secret, "1");
        otherTime.Headers.Remove("X-Chatwoot-Timestamp");
        otherTime.Headers.Add("X-Chatwoot-Timestamp", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}");
        var otherWay = Signed.Chatwoot(Message);
        var mac = otherWay.Headers.GetValues("X-Chatwoot-Signature").Single();
        otherWay.Headers.Remove("X-Chatwoot-Signature");
        otherWay.Headers.Add("X-Chatwoot-Signature", mac.Replace("sha256", "sha512", StringComparison.Ordinal));

        (HttpRequestMessage Request, int Status, string Code)[] cases =
        [
            (otherWay, 401, "bad_signature"),
            (altered, 401, "bad_signature"),
            (otherTime, 401, "bad_signature"),
            (Signed.Chatwoot(Message, secret: "another"), 401, "bad_signature"),
            (Signed.Chatwoot(Message, age: TimeSpan.FromMinutes(6)), 401, "webhook_too_old"),
            (Signed.Chatwoot(Message, age: TimeSpan.FromMinutes(-6)), 401, "webhook_too_old"),
            (Signed.Chatwoot(Message, "d-1", Signed.Secret, "99999999999"), 401, "webhook_too_old"),
            (Signed.Chatwoot(Message, "d-1", Signed.Secret, "999999999999999"), 401, "webhook_too_old"),
            (Signed.Chatwoot(Message, "d-1", Signed.Secret, "yesterday"), 401, "webhook_too_old"),
            (Signed.Standard(Order, age: TimeSpan.FromMinutes(6)), 401, "webhook_too_old"),
            (Signed.Shopify(Order, secret: "another"), 401, "bad_signature"),
            (Signed.Request("chatwoot", Message), 401, "bad_signature"),
            (Signed.Request("shopify", Order, ("X-Shopify-Hmac-SHA256", new string('!', 44))), 401, "bad_signature"),
            (Signed.Request("acme", Order, ("webhook-id", "a"), ("webhook-timestamp", "1"), ("webhook-signature", string.Join(' ', Enumerable.Repeat("v1,", 50)))), 401, "bad_signature"),
            (Signed.Request("nobody", Order), 404, "not_found"),
            (form, 415, "unsupported_media_type"),
        ];

        foreach (var (request, status, code) in cases)
        {
            var reply = await SendAsync(api, request);
            Assert.Equal((status, code), (reply.Status, reply.Code));
        }

        Assert.Equal(0, await CountAsync("webhook_events"));
    }

    [Fact]
    public async Task What_is_larger_than_2_MB_is_refused_whether_its_length_is_told_or_not()
    {
        var api = await StartAsync(Signed.Settings);
        var large = new byte[2 * 1024 * 1024 + 1];
        var (told, chunked) = (Signed.Shopify(large), Signed.Shopify(large));
        (told.Headers.ExpectContinue, chunked.Headers.ExpectContinue, chunked.Headers.TransferEncodingChunked) = (true, true, true);

        var replies = new[] { await SendAsync(api, told), await SendAsync(api, Signed.Shopify(large[..^1])) };
        var last = await SendAsync(api, chunked);

        Assert.Equal([413, 200], replies.Select(reply => reply.Status));
        Assert.Equal((413, "body_too_large"), (last.Status, last.Code));
    }

    [Fact]
    public async Task Signed_bytes_that_are_no_event_are_kept_for_a_person_and_never_answered_500()
    {
        var api = await StartAsync(Signed.Settings);
        var random = new Random(1);
        List<byte[]> bodies =
        [
            [], [0xff, 0xfe], Signed.Json("null"), Signed.Json("[1]"), Signed.Json(new string('[', 500)), Signed.Json("""{"event":"\u0000","id":"\ud800"}"""),
            [.. Signed.Json("{\"event\":\""), 0xc3, 0x28, .. Signed.Json("\"}")], Signed.Json($"{{\"event\":\"{new string('x', 500)}\"}}"), Signed.Json("""{"event":"a","event":"b"}"""),
            Signed.Json("""{"event":"a","id":1,"conversation":{"id":7,"id":8}}"""), Signed.Json("""{"event":"a","\ud800":7,"id":1}"""),
        ];
        for (var i = 0; i < 50; i++)
        {
            var body = new byte[random.Next(200)];
            random.NextBytes(body);
            bodies.Add(body);
        }

        foreach (var (i, body) in bodies.Index())
        {
            Assert.Equal(200, (await SendAsync(api, Signed.Chatwoot(body, $"d-{i}"))).Status);
            Assert.Equal(200, (await SendAsync(api, Signed.Shopify(body, $"d-{i}", "what ever"))).Status);
            Assert.Equal(200, (await SendAsync(api, Signed.Standard(body, $"msg_{i}"))).Status);
        }

        Assert.Equal(3 * bodies.Count, await CountAsync("webhook_events"));
        Assert.Equal(3 * bodies.Count, await CountAsync("webhook_events where topic = 'unreadable'"));
    }

    [Fact]
    public async Task Without_a_name_for_the_delivery_the_body_tells_whether_it_was_delivered_before()
    {
        var api = await StartAsync(Signed.Settings);
        HttpRequestMessage[] requests = [Signed.Shopify(Order, "\t"), Signed.Shopify(Order, "\t"), Signed.Shopify([.. Order, (byte)' '], "\t")];

        foreach (var request in requests)
        {
            request.Headers.Remove("X-Shopify-Webhook-Id");
            await SendAsync(api, request);
        }

        Assert.Equal(2, await CountAsync("webhook_events"));
    }

    [Fact]
    public async Task Many_at_once_are_all_kept_and_each_knows_whether_it_was_the_first()
    {
        var api = await StartAsync(Signed.Settings);

        var replies = await Task.WhenAll(Enumerable.Range(0, 120).Select(i => SendAsync(api, Signed.Shopify(Order, $"d-{i % 40}"))));

        Assert.Equal(40, replies.Count(reply => !reply.Json.GetProperty("duplicate").GetBoolean()));
        Assert.Equal(40, replies.Select(reply => reply.Text("id")).Distinct().Count());
        Assert.Equal(40, await CountAsync("webhook_events"));
    }

    [Fact]
    public async Task While_the_store_is_away_senders_are_asked_to_try_again_whatever_they_send()
    {
        await using var api = await ApiUnderTest.StartAsync("Host=127.0.0.1;Port=1;Username=nobody;Timeout=1", Wire, Signed.Settings);

        var signed = new[] { await SendAsync(api, Signed.Chatwoot(Message)), await SendAsync(api, Signed.Shopify(Order)), await SendAsync(api, Signed.Standard(Order)) };
        var unsigned = await SendAsync(api, Signed.Shopify(Order, secret: "another"));

        Assert.All(signed, reply => Assert.Equal((503, "store_unavailable"), (reply.Status, reply.Code)));
        Assert.All(signed, reply => Assert.NotNull(reply.Message.Headers.RetryAfter));
        Assert.Equal(401, unsigned.Status);
    }

    [Fact]
    public async Task What_a_sender_makes_up_itself_to_sign_with_is_good_as_soon_as_it_was_learnt_which_is_looked_up_once_a_second()
    {
        var wire = new WireAt(Noon);
        var api = await StartAsync(wire, ("Webhooks:PublicAddress", "https://hotdash.example"));

        var before = await SendAsync(api, MadeUp());
        await LearnAsync(api, "shopify", "canary-of-another");
        await LearnAsync(api, "chatwoot", "canary-made-up");
        var atOnce = await SendAsync(api, MadeUp());
        wire.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await SendAsync(api, MadeUp());
        wire.Clock.Advance(TimeSpan.FromSeconds(1));
        var another = await SendAsync(api, Signed.Chatwoot(Message, "d-1", "canary-of-another", NoonInSeconds));

        Assert.Equal((401, 401, 200, 401), (before.Status, atOnce.Status, after.Status, another.Status));

        static HttpRequestMessage MadeUp() => Signed.Chatwoot(Message, "d-1", "canary-made-up", NoonInSeconds);
    }

    /// <summary>For what is signed with the time in it.</summary>
    private sealed class WireAt(DateTimeOffset time) : ApiWire
    {
        public ManualTimeProvider Clock { get; } = new(time);

        public override void Connect(IServiceCollection services)
        {
            base.Connect(services);
            services.AddSingleton<TimeProvider>(Clock);
        }
    }

    /// <summary>As the pollers do when they subscribe.</summary>
    private async Task LearnAsync(ApiUnderTest api, string source, string secret)
    {
        var id = Guid.CreateVersion7();
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand("insert into webhook_secrets (id, source, secret) values ($1, $2, $3)");
        foreach (var value in (object[])[id, source, api.Services.GetRequiredService<WebhookVault>().Seal(id, Signed.Json(secret))])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<Reply> SendAsync(ApiUnderTest api, HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Authorization = null;
            return await Reply.ReadAsync(await api.Http.SendAsync(request, Ct));
        }
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
