using System.Net;
using System.Net.Http.Json;
using System.Text;
using HotDash.Api.Tests.Features.Commerce;
using HotDash.Api.Tests.Features.IdeaPool;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Api.Tests.Features.Audit;

/// <summary>Whoever adds a route that changes something adds a line here, or says below why it needs no entry.</summary>
public sealed class AuditedRoutesTests(PostgresFixture postgres) : ApiTest(postgres)
{
    internal static readonly string[] OnlyAsk =
    [
        "POST /api/integrations/check", "POST /api/integrations/{key}/check", "POST /api/rollouts/{flag}/check",
        "POST /webhooks/{source}", // it is told something, and keeps that: what comes of it is written down where it does
        "POST /api/flags/evaluate", "POST /ofrep/v1/evaluate/flags", "POST /ofrep/v1/evaluate/flags/{key}",
    ];

    private readonly HashSet<string> _walked = new(OnlyAsk, StringComparer.Ordinal);
    private ApiUnderTest _api = null!;
    private string _actor = "";

    [Fact]
    public async Task Every_route_that_changes_something_leaves_an_entry_with_nothing_sensitive_in_it()
    {
        for (var calls = 0; calls < 20; calls++)
        {
            Wire.Supabase.Replies(Idea);
            Wire.Chatwoot.Replies(HttpStatusCode.OK, """{"payload":[]}""");
        }

        Wire.Shopify.RepliesToAll(20);

        _api = await StartAsync([.. SupabaseLive, .. ChatwootLive, ("SHOPIFY_SHOP", "winter-mugs"), ("SHOPIFY_ACCESS_TOKEN", "shopify-test-token")]);
        _actor = $"test {await _api.UseKeyAsync()}";

        await ChangeFlagsAsync();
        await ChangeRolloutsAsync();
        await ChangeKeysAsync();
        await ChangeIntegrationsAsync();
        await ChangeLettersAsync();
        await ChangeWebhooksAsync();
        await ChangeAlertsAsync();
        await ChangeTheOutsideWorldAsync();
        await ChangeSupportAsync();
        await ChangeTheShopAsync();
        await ChangeApprovalsAsync();
        var all = await TextAsync("select string_agg(audit_entries::text, ' ') from audit_entries");

        Assert.Equal(MappedRoutes.Of(_api).Where(route => route.Changes).Select(route => route.ToString()).Order(StringComparer.Ordinal), _walked.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("between-us", all, StringComparison.Ordinal);
        Assert.DoesNotContain(_api.Http.DefaultRequestHeaders.Authorization!.Parameter!, all, StringComparison.Ordinal);
    }

    private async Task ChangeFlagsAsync()
    {
        object reason = new { reason = "a trial" };
        await ChangesAsync("POST /api/flags/", "/api/flags", new { name = "checkout", reason = "a trial" }, "flag checkout create");
        await ChangesAsync("POST /api/flags/{name}/enable", "/api/flags/checkout/enable", new { percent = 50, reason = "a trial" }, "flag checkout enable");
        await ChangesAsync("POST /api/flags/{name}/rollback", "/api/flags/checkout/rollback", new { decrement = 10, reason = "a trial" }, "flag checkout rollback");
        await ChangesAsync("POST /api/flags/{name}/disable", "/api/flags/checkout/disable", reason, "flag checkout disable");
        await ChangesAsync("POST /api/flags/{name}/kill", "/api/flags/checkout/kill", reason, "flag checkout kill");
        await ChangesAsync("POST /api/flags/{name}/unkill", "/api/flags/checkout/unkill", reason, "flag checkout unkill");
        await ChangesAsync("PUT /api/flags/{name}/overrides/{user}", "/api/flags/checkout/overrides/between-us", new { on = true, reason = "a trial" }, "flag checkout override");
        await ChangesAsync("DELETE /api/flags/{name}/overrides/{user}", "/api/flags/checkout/overrides/between-us?reason=a+trial", null, "flag checkout clear-override");
        await ChangesAsync("PUT /api/flags/{name}", "/api/flags/checkout", new { enabled = true, reason = "a trial" }, "flag checkout update");
        await ChangesAsync("DELETE /api/flags/{name}", "/api/flags/checkout?reason=a+trial", null, "flag checkout delete");
    }

    private async Task ChangeRolloutsAsync()
    {
        object reason = new { reason = "a trial" };
        await ChangesAsync("POST /api/rollouts/{flag}/start", "/api/rollouts/push_notifications/start", reason, "rollout push_notifications start");
        await ChangesAsync("POST /api/rollouts/{flag}/advance", "/api/rollouts/push_notifications/advance", new { reason = "a trial", force = true }, "rollout push_notifications advance");
        await ChangesAsync("POST /api/rollouts/{flag}/pause", "/api/rollouts/push_notifications/pause", reason, "rollout push_notifications pause");
        await ChangesAsync("POST /api/rollouts/{flag}/resume", "/api/rollouts/push_notifications/resume", reason, "rollout push_notifications resume");
        await ChangesAsync("POST /api/rollouts/{flag}/rollback", "/api/rollouts/push_notifications/rollback", reason, "rollout push_notifications rollback");
        await ChangesAsync("POST /api/rollouts/contract-results", "/api/rollouts/contract-results", new { integration = "publer", passed = 50, failed = 0, build = "abc" }, "integration publer tell-contract");
    }

    private async Task ChangeKeysAsync()
    {
        var key = (await ChangesAsync("POST /api/keys/", "/api/keys", new { name = "ci", scopes = new[] { "read" } }, "key * create")).Text("id");
        await ChangesAsync("POST /api/keys/{id}/revoke", $"/api/keys/{key}/revoke", null, $"key {key} revoke");
    }

    private async Task ChangeIntegrationsAsync()
    {
        await ChangesAsync("POST /api/integrations/{key}/disconnect", "/api/integrations/supabase/disconnect", new { reason = "it moves" }, "integration supabase disconnect");
        await ChangesAsync("POST /api/integrations/{key}/connect", "/api/integrations/supabase/connect", null, "integration supabase reset-breakers");
        await ChangesAsync("POST /api/integrations/connect", "/api/integrations/connect", null, "integration * reset-breakers");
    }

    private async Task ChangeLettersAsync()
    {
        var (pending, unknown) = (await KeepAsync(), await KeepAsync(unknown: true));
        await ChangesAsync("POST /api/dead-letters/{id}/settle", $"/api/dead-letters/{unknown}/settle", new { happened = false, reason = "looked" }, $"dead-letter {unknown} settle");
        await ChangesAsync("POST /api/dead-letters/discard", "/api/dead-letters/discard", new { ids = new[] { pending }, reason = "too late" }, $"dead-letter {pending} discard");
        var replay = (await ChangesAsync("POST /api/dead-letters/replays/", "/api/dead-letters/replays", new { ids = new[] { unknown } }, "replay * preview")).Text("id");
        await ChangesAsync("POST /api/dead-letters/replays/{id}/start", $"/api/dead-letters/replays/{replay}/start", null, $"replay {replay} start");
        await ChangesAsync("POST /api/dead-letters/replays/{id}/pause", $"/api/dead-letters/replays/{replay}/pause", null, $"replay {replay} pause");
        await ChangesAsync("POST /api/dead-letters/replays/{id}/cancel", $"/api/dead-letters/replays/{replay}/cancel", null, $"replay {replay} cancel");
    }

    private async Task ChangeWebhooksAsync()
    {
        var id = await TextAsync(
            """
            insert into webhook_events (id, source, delivery_id, topic, resource, lane, bytes, body, state)
            values (gen_random_uuid(), 'acme', 'a', 'told', 'all', 0, 0, '', 'poison') returning id::text
            """);
        await ChangesAsync("POST /api/webhooks/{id}/replay", $"/api/webhooks/{id}/replay", null, $"webhook {id} replay");
    }

    private async Task ChangeAlertsAsync()
    {
        var alert = await TextAsync(
            "insert into alerts (id, indicator, subject, value, sample, threshold, worst) values (gen_random_uuid(), 'rate-limited', 'chatwoot', 1, 1, 0.1, 1) returning id::text");
        await ChangesAsync("POST /api/alerts/{id}/acknowledge", $"/api/alerts/{alert}/acknowledge", new { reason = "a trial" }, $"alert {alert} acknowledge");
        await ChangesAsync(
            "POST /api/alerts/{id}/silence", $"/api/alerts/{alert}/silence", new { until = DateTimeOffset.UtcNow.AddHours(1), reason = "a trial" }, $"alert {alert} silence");
    }

    private async Task ChangeTheOutsideWorldAsync()
    {
        await ChangesAsync("POST /api/social/post", "/api/social/post", new { text = "between-us", accountIds = new[] { Integrations.Publer.PublerMock.Accounts[0].Id } }, "post * schedule");
        await ChangesAsync("POST /api/calendar/sync", "/api/calendar/sync",
            new { planId = "winter", title = "between-us", entries = new[] { new { id = "a", kind = "launch", title = "between-us", start = "2026-12-01" } } }, "plan winter sync");
        await ChangesAsync("DELETE /api/calendar/sync/{planId}", "/api/calendar/sync/winter", null, "plan winter unsync");
        await ChangesAsync("POST /api/analytics/idea-pool", "/api/analytics/idea-pool", new { id = "a", title = "between-us", priority = "high" }, "idea a create");
        await ChangesAsync("POST /api/analytics/idea-pool/{id}/review", "/api/analytics/idea-pool/a/review", new { decision = "approved", reviewer = "between-us" }, "idea a approve");
    }

    private async Task ChangeSupportAsync()
    {
        await ChangesAsync("POST /api/support/conversations/{id}/drafts", "/api/support/conversations/41/drafts", new { content = "between-us", confidence = 1, sources = new[] { "between-us" } }, "approval * request");
        await ChangesAsync("PUT /api/support/labels/{label}", "/api/support/labels/vip", new { category = "trade" }, "label vip map");
        await ChangesAsync("PUT /api/support/conversations/{id}/categories", "/api/support/conversations/41/categories", new { categories = new[] { "trade" } }, "conversation 41 categorize");
        await ChangesAsync("DELETE /api/support/labels/{label}", "/api/support/labels/vip", null, "label vip unmap");
        await TextAsync("update approvals set state = 'expired' where target = '41' returning kind"); // those below are counted
    }

    private async Task ChangeTheShopAsync()
    {
        await ChangesAsync("POST /api/commerce/inventory/changes", "/api/commerce/inventory/changes",
            new { locationId = "gid://shopify/Location/1", items = new[] { new { inventoryItemId = "gid://shopify/InventoryItem/1", to = 8 } } }, "approval * request");
        await ChangesAsync("POST /api/commerce/prices/changes", "/api/commerce/prices/changes",
            new { productId = "gid://shopify/Product/1", items = new[] { new { variantId = "gid://shopify/ProductVariant/1", price = 12.5 } } }, "approval * request");
        await ChangesAsync("POST /api/commerce/metafields/changes", "/api/commerce/metafields/changes",
            new { ownerId = "gid://shopify/Product/1", items = new[] { new { @namespace = "shop", key = "colour", value = "between-us" } } }, "approval * request");
        await TextAsync("update approvals set state = 'expired' where kind like 'commerce.%' returning kind");
    }

    private async Task ChangeApprovalsAsync()
    {
        var (first, second, third) = (await AskAsync(), await AskAsync(), await AskAsync());
        var edited = (await ChangesAsync("POST /api/approvals/{id}/edit", $"/api/approvals/{first.Id}/edit", new { hash = first.Hash, content = "between-us" }, $"approval {first.Id} edit")).Text("hash");
        await ChangesAsync("POST /api/approvals/{id}/reject", $"/api/approvals/{first.Id}/reject", new { hash = edited, reason = "a trial" }, $"approval {first.Id} reject");
        await ChangesAsync("POST /api/approvals/{id}/approve", $"/api/approvals/{second.Id}/approve", new { hash = second.Hash }, $"approval {second.Id} approve");
        await ChangesAsync("POST /api/approvals/{id}/grade", $"/api/approvals/{second.Id}/grade", new { tone = 1, accuracy = 1, policy = 1, comment = "between-us" }, $"approval {second.Id} grade");
        await TextAsync($"update approvals set state = 'unknown', unknown_at = '2000-01-01' where id = '{second.Id}' returning kind");
        await ChangesAsync("POST /api/approvals/{id}/settle", $"/api/approvals/{second.Id}/settle", new { happened = true, reason = "looked" }, $"approval {second.Id} settle");
        var seen = await _api.GetAsync("/api/approvals/selection");
        await ChangesAsync("POST /api/approvals/decide", "/api/approvals/decide", new { filter = new { }, decision = "approve", count = 1, digest = seen.Text("digest") }, $"approval {third.Id} approve");
    }

    /// <param name="expected">Kind, id and action of the newest entry; the id may be *.</param>
    private async Task<Reply> ChangesAsync(string route, string path, object? body, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(route.AsSpan(0, route.IndexOf(' ', StringComparison.Ordinal))), path)
        {
            Content = body is null ? null : JsonContent.Create(body),
            Headers = { { "If-Match", "*" } },
        };
        var reply = await Reply.ReadAsync(await _api.Http.SendAsync(request, Ct));
        var newest = await TextAsync("select concat_ws(' ', kind, object_id, action) || '|' || actor from audit_entries order by id desc limit 1");

        Assert.True(reply.Status is >= 200 and < 300 or 409, $"{route}: {reply.Status} {reply.Json}");
        Assert.Matches($"^{expected.Replace("*", "[^ ]+", StringComparison.Ordinal)}[|]{_actor}$", newest);
        Assert.True(_walked.Add(route.TrimEnd('/')));
        return reply;
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }

    private Task<Guid> KeepAsync(bool unknown = false) => _api.Services.GetRequiredService<DeadLetterStore>().KeepAsync(
        new DeadLetter
        {
            Integration = "chatwoot",
            Operation = "send-note",
            Request = new() { Method = "POST", Path = "notes", Headers = new Dictionary<string, string>(), Body = Encoding.UTF8.GetBytes("between-us") },
            Failure = new IntegrationException("chatwoot", IntegrationCodes.Unavailable, "could not serve the call (503)", retryable: true),
            Attempts = 3,
            FirstAt = DateTimeOffset.UnixEpoch,
            LastAt = DateTimeOffset.UnixEpoch,
            OutcomeUnknown = unknown,
        },
        Ct);

    private Task<Approval> AskAsync() => _api.Services.GetRequiredService<ApprovalStore>().RequestAsync(
        new() { Kind = GuardedKinds.SupportReply, Target = "42", Content = "between-us, as it was" }, "bot", Ct);

    /// <summary>What PostgREST answers, whatever is asked.</summary>
    private static HttpResponseMessage Idea(HttpRequestMessage request)
    {
        var row = $"[{SupabaseReplies.Row("a", "2026-11-01T10:00:00Z", request.Method == HttpMethod.Patch ? "approved" : "pending_review")}]";
        var reply = new HttpResponseMessage(request.Method == HttpMethod.Post ? HttpStatusCode.Created : HttpStatusCode.OK)
        {
            Content = new StringContent(request.Method == HttpMethod.Head ? "" : row, Encoding.UTF8, "application/json"),
        };
        reply.Content.Headers.TryAddWithoutValidation("Content-Range", "*/1");
        return reply;
    }
}
