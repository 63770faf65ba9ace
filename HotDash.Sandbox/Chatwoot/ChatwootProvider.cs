using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>A Chatwoot server with one account, as far as HotDash and its tests use it. https://developers.chatwoot.com/api-reference/introduction</summary>
internal sealed class ChatwootProvider : IProvider
{
    private readonly ChatwootSettings settings;
    private readonly ChatwootGate gate;
    private readonly ChatwootDesk desk;

    public ChatwootProvider(IConfiguration configuration, IServiceProvider services)
    {
        settings = new(configuration);
        gate = new(configuration, settings, new(configuration, services.GetRequiredService<TimeProvider>()));
        desk = ActivatorUtilities.CreateInstance<ChatwootDesk>(services, settings);
    }

    public string Key => "chatwoot";

    public void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/health", () => ChatwootReply.Ok(new { status = "woot" }));
        routes.MapGet("/api", () => ChatwootReply.Ok(new
        {
            version = "4.13.0",
            timestamp = desk.Now.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture),
            queue_services = settings.Failing is "queue" ? "failing" : "ok",
            data_services = settings.Failing is "data" ? "failing" : "ok",
        }));

        var api = routes.MapGroup("/api/v1").AddEndpointFilter(gate.CheckTokenAsync);
        api.MapGet("/profile", () => ChatwootReply.Ok(ChatwootFolk.Profile(gate.AccountId)));

        var account = api.MapGroup("/accounts/{account}").AddEndpointFilter(gate.CheckAccountAsync);
        account.MapGet("/agents", () => ChatwootReply.Ok(ChatwootFolk.Agents.Select(agent => agent.Row(gate.AccountId))));
        account.MapGet("/labels", () => ChatwootReply.Ok(new { payload = ChatwootFolk.Labels.Select((title, place) => new { id = place + 1, title, color = "#1f93ff", show_on_sidebar = true }) }));
        account.MapConversations(desk);
        account.MapMessages(desk);
        account.MapWebhooks(desk, settings, gate.AccountId);
        routes.MapFallback("/{**path}", (HttpContext context) => ChatwootReply.NotFound(context));
    }

    public void Reset()
    {
        settings.Reset();
        gate.Reset();
        desk.Reset();
    }

    public JsonObject GetSettings() => settings.Write();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) => settings.Change(changes);
}
