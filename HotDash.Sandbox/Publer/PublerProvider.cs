using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Publer;

/// <summary>Publer's API as far as HotDash and its tests use it. https://publer.com/docs/api-reference/introduction</summary>
internal sealed class PublerProvider : IProvider
{
    private readonly PublerGate gate;
    private readonly PublerWorkspace workspace;
    private readonly PublerSettings settings;

    public PublerProvider(IConfiguration configuration, IServiceProvider services)
    {
        settings = new(configuration);
        gate = ActivatorUtilities.CreateInstance<PublerGate>(services, new PublerLimit(configuration, services.GetRequiredService<TimeProvider>()));
        workspace = ActivatorUtilities.CreateInstance<PublerWorkspace>(services, settings);
    }

    public string Key => "publer";

    public void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").AddEndpointFilter(gate.CheckKeyAsync);
        api.MapGet("/users/me", () => PublerFolk.Me);
        api.MapGet("/workspaces", () => new[] { PublerFolk.Workspace(gate.WorkspaceId) });

        var inWorkspace = api.MapGroup("").AddEndpointFilter(gate.CheckWorkspaceAsync);
        inWorkspace.MapGet("/accounts", () => workspace.Accounts);
        inWorkspace.MapSubmissions(workspace, settings);
        inWorkspace.MapPosts(workspace);
        inWorkspace.MapMedia(workspace, settings);
        routes.MapFallback("/{**path}", (HttpContext context) => PublerReply.Refuse(context, 404, "Not found"));
    }

    public void Settle() => workspace.Settle();

    public void Reset()
    {
        settings.Reset();
        gate.Reset();
        workspace.Reset();
    }

    public JsonObject GetSettings() => settings.Write();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) => settings.Change(changes);
}
