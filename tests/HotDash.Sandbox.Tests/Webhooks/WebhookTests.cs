using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Shopify;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HotDash.Sandbox.Tests.Webhooks;

/// <summary>Whoever subscribed is told, in the provider's own way of signing.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_subscribed_at_Chatwoot_is_told_signed_and_what_happens_there_by_itself()
    {
        await using var inbox = await Inbox.StartAsync();
        await using var sandbox = await SandboxUnderTest.StartAsync(("SANDBOX_CHATWOOT_WEBHOOK_SECRET", "canary-c"));
        await using var clients = sandbox.Clients();
        var chatwoot = clients.GetRequiredService<ChatwootClient>();
        var added = await chatwoot.AddWebhookAsync(inbox.Address, ["conversation_created"], Cancellation);
        await chatwoot.ChangeWebhookAsync(added.Id, inbox.Address, ["conversation_created", "conversation_updated", "message_created"], Cancellation);

        var sent = await TellAsync(sandbox, "chatwoot", "conversation_created", "d-1");
        var other = await TellAsync(sandbox, "chatwoot", "contact_created", "d-2");
        var api = (await sandbox.Chatwoot.GetFromJsonAsync<JsonNode>("conversations?status=all", Cancellation))!["data"]!["payload"]!.AsArray()
            .First(conversation => conversation!["meta"]!["channel"]!.GetValue<string>() is "Channel::Api")!["id"]!;
        (await sandbox.Chatwoot.PostAsJsonAsync($"conversations/{api}/messages", new { content = "Where is my mug?", message_type = "incoming" }, Cancellation)).EnsureSuccessStatusCode();
        (await sandbox.Chatwoot.PostAsJsonAsync($"conversations/{api}/labels", new { labels = new[] { "returns" } }, Cancellation)).EnsureSuccessStatusCode();
        var written = await inbox.TakeAsync(3);

        Assert.Equal("canary-c", added.Secret);
        Assert.Equal("""[{"address":"ADDRESS","status":200}]""".Replace("ADDRESS", inbox.Address.AbsoluteUri, StringComparison.Ordinal), sent);
        Assert.Equal("[]", other);
        Assert.All(written, request => Assert.Equal(
            request.Headers["X-Chatwoot-Signature"],
            $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("canary-c"u8, [.. Encoding.UTF8.GetBytes($"{request.Headers["X-Chatwoot-Timestamp"]}."), .. request.Body]))}"));
        Assert.Equal("d-1", written[0].Headers["X-Chatwoot-Delivery"]);
        var told = written.Select(request => JsonNode.Parse(request.Body)!).ToDictionary(body => $"{body["event"]}");
        Assert.Equal("7", $"{told["conversation_created"]["id"]}");
        Assert.Equal(("incoming", $"{api}"), ($"{told["message_created"]["message_type"]}", $"{told["message_created"]["conversation"]!["id"]}"));
        Assert.Equal(($"{api}", """["returns"]"""), ($"{told["conversation_updated"]["id"]}", told["conversation_updated"]["labels"]!.ToJsonString()));
    }

    [Fact]
    public async Task Who_subscribed_at_Shopify_is_told_signed_until_the_subscription_is_dropped()
    {
        await using var inbox = await Inbox.StartAsync();
        await using var sandbox = await SandboxUnderTest.StartAsync(("SANDBOX_SHOPIFY_WEBHOOK_SECRET", "canary-s"));
        await using var clients = sandbox.Clients();
        var shopify = clients.GetRequiredService<ShopifyClient>();
        await shopify.SubscribeAsync("inventory_levels/update", inbox.Address, Cancellation);

        var again = await Assert.ThrowsAsync<IntegrationException>(() => shopify.SubscribeAsync("inventory_levels/update", inbox.Address, Cancellation));
        var outside = await Assert.ThrowsAsync<IntegrationException>(() => shopify.SubscribeAsync("orders/create", new("http://hotdash.example/"), Cancellation));
        await shopify.SubscribeAsync("orders/create", new("https://hotdash.example/"), Cancellation);
        var elsewhere = await TellAsync(sandbox, "shopify", "orders/create", "d-0");
        var known = await shopify.ListSubscriptionsAsync(inbox.Address, Cancellation);
        await TellAsync(sandbox, "shopify", "inventory_levels/update", "d-1");
        (await sandbox.Http.DeleteAsync("/_sandbox/webhooks/shopify", Cancellation)).EnsureSuccessStatusCode();
        var dropped = await TellAsync(sandbox, "shopify", "inventory_levels/update", "d-2");

        Assert.Equal((IntegrationCodes.Rejected, IntegrationCodes.Rejected), (again.Code, outside.Code));
        Assert.Equal(["inventory_levels/update"], known);
        Assert.Equal("""[{"address":"https://hotdash.example/"}]""", elsewhere); // it sends to this machine alone
        Assert.Equal("[]", dropped);
        Assert.Empty(await shopify.ListSubscriptionsAsync(inbox.Address, Cancellation));
        var told = Assert.Single(await inbox.TakeAsync(1));
        Assert.Equal(Convert.ToBase64String(HMACSHA256.HashData("canary-s"u8, told.Body)), told.Headers["X-Shopify-Hmac-SHA256"]);
        Assert.Equal(("inventory_levels/update", "d-1"), (told.Headers["X-Shopify-Topic"], told.Headers["X-Shopify-Webhook-Id"]));
    }

    [Theory]
    [InlineData("""{"provider":"publer","topic":"a","body":{}}""")]
    [InlineData("""{"provider":"shopify","topic":"a"}""")]
    [InlineData("""{"provider":"shopify","subject":"a","body":{}}""")]
    public async Task What_cannot_be_told_is_refused_with_what_to_give(string telling)
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();

        using var reply = await sandbox.Http.PostAsync("/_sandbox/webhooks", new StringContent(telling), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("errors", await reply.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static async Task<string> TellAsync(SandboxUnderTest sandbox, string provider, string topic, string delivery)
    {
        using var reply = await sandbox.Http.PostAsJsonAsync("/_sandbox/webhooks", new { provider, topic, delivery, body = new { id = 7 } }, Cancellation);
        return (await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["sent"]!.ToJsonString();
    }

    /// <summary>Takes whatever is sent.</summary>
    private sealed class Inbox : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private readonly BlockingCollection<Received> _received = [];

        private Inbox(WebApplication app) => _app = app;

        public Uri Address => new($"{_app.Urls.Single()}/webhooks");

        public static async Task<Inbox> StartAsync()
        {
            var builder = WebApplication.CreateBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            var inbox = new Inbox(builder.Build());
            inbox._app.MapPost("/webhooks", inbox.ReceiveAsync);
            await inbox._app.StartAsync(Cancellation);
            return inbox;
        }

        public Task<IReadOnlyList<Received>> TakeAsync(int count) =>
            Task.Run<IReadOnlyList<Received>>(() => [.. Enumerable.Range(0, count).Select(_ => _received.Take(Cancellation))], Cancellation);

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _received.Dispose();
        }

        private async Task ReceiveAsync(HttpContext context)
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _received.Add(new(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        }
    }

    private sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Body);
}
