using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using HotDash.Sandbox.Webhooks;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>A Chatwoot server with one account, as far as HotDash and its tests use it. https://developers.chatwoot.com/api-reference/introduction</summary>
internal sealed class ChatwootProvider : IProvider, ITeller
{
    private readonly ChatwootSettings _settings;
    private readonly ChatwootGate _gate;
    private readonly ChatwootDesk _desk;
    private readonly WebhookSender _sender;

    public ChatwootProvider(IConfiguration configuration, IServiceProvider services)
    {
        _settings = new(configuration);
        _gate = new(configuration, _settings, new(configuration, services.GetRequiredService<TimeProvider>()));
        _sender = services.GetRequiredService<WebhookSender>();
        _desk = ActivatorUtilities.CreateInstance<ChatwootDesk>(services, _settings);
    }

    public string Key => "chatwoot";

    public void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/health", () => ChatwootReply.Ok(new { status = "woot" }));
        routes.MapGet("/api", () => ChatwootReply.Ok(new
        {
            version = "4.13.0",
            timestamp = _desk.Now.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
            queue_services = _settings.Failing is "queue" ? "failing" : "ok",
            data_services = _settings.Failing is "data" ? "failing" : "ok",
        }));

        var api = routes.MapGroup("/api/v1").AddEndpointFilter(_gate.CheckTokenAsync);
        api.MapGet("/profile", () => ChatwootReply.Ok(ChatwootFolk.Profile(_gate.AccountId)));

        var account = api.MapGroup("/accounts/{account}").AddEndpointFilter(_gate.CheckAccountAsync);
        account.MapGet("/agents", () => ChatwootReply.Ok(ChatwootFolk.Agents.Select(agent => agent.Row(_gate.AccountId))));
        account.MapGet("/labels", () => ChatwootReply.Ok(new { payload = ChatwootFolk.Labels.Select((title, place) => new { id = place + 1, title, color = "#1f93ff", show_on_sidebar = true }) }));
        account.MapConversations(_desk, Tell);
        account.MapMessages(_desk, Tell);
        account.MapWebhooks(_desk, _settings, _gate.AccountId);
        routes.MapFallback("/{**path}", (HttpContext context) => ChatwootReply.NotFound(context));
    }

    public void Reset()
    {
        _settings.Reset();
        _gate.Reset();
        _desk.Reset();
    }

    public IReadOnlyList<Listener> Listeners(string topic) => _desk.Listeners(topic);

    public JsonObject Named(string topic, JsonObject body)
    {
        body["event"] ??= topic;
        return body;
    }

    public IReadOnlyList<(string Name, string Value)> Sign(Listener listener, string topic, string delivery, byte[] body)
    {
        var time = _desk.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        return
        [
            ("X-Chatwoot-Timestamp", time),
            ("X-Chatwoot-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(listener.Secret), signed))}"),
            ("X-Chatwoot-Delivery", delivery),
        ];
    }

    public void DropSubscriptions() => _desk.DropWebhooks();

    public JsonObject GetSettings() => _settings.Write();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) => _settings.Change(changes);

    /// <summary>What happens is told; whoever did it does not wait for that.</summary>
    private void Tell(JsonObject happened) => _ = _sender.SendAsync(this, happened.Text("event")!, $"{Guid.CreateVersion7()}", happened, CancellationToken.None);
}
