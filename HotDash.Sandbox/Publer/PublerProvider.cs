using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Publer;

/// <summary>Publer's API as far as HotDash and its tests use it. https://publer.com/docs/api-reference/introduction</summary>
internal sealed class PublerProvider : IProvider
{
    private readonly PublerGate _gate;
    private readonly PublerWorkspace _workspace;
    private readonly PublerSettings _settings;

    public PublerProvider(IConfiguration configuration, IServiceProvider services)
    {
        _settings = new(configuration);
        _gate = ActivatorUtilities.CreateInstance<PublerGate>(services, new PublerLimit(configuration, services.GetRequiredService<TimeProvider>()));
        _workspace = ActivatorUtilities.CreateInstance<PublerWorkspace>(services, _settings);
    }

    public string Key => "publer";

    public void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").AddEndpointFilter(_gate.CheckKeyAsync);
        api.MapGet("/users/me", () => PublerFolk.Me);
        api.MapGet("/workspaces", () => new[] { PublerFolk.Workspace(_gate.WorkspaceId) });

        var inWorkspace = api.MapGroup("").AddEndpointFilter(_gate.CheckWorkspaceAsync);
        inWorkspace.MapGet("/accounts", () => _workspace.Accounts);
        inWorkspace.MapSubmissions(_workspace, _settings);
        inWorkspace.MapPosts(_workspace);
        inWorkspace.MapMedia(_workspace, _settings);
        routes.MapFallback("/{**path}", (HttpContext context) => PublerReply.Refuse(context, 404, "Not found"));
    }

    public void Settle() => _workspace.Settle();

    public void Reset()
    {
        _settings.Reset();
        _gate.Reset();
        _workspace.Reset();
    }

    public JsonObject GetSettings() => _settings.Write();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) => _settings.Change(changes);
}
