using System.Net;
using System.Net.Sockets;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>A sandbox that belongs to the test: its ledger outlives any AppHost.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly string _supabaseKey = Guid.NewGuid().ToString("N");
    private readonly ChildProcess _process;

    public SandboxProcess(params (string Name, string Value)[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        Client = new SandboxClient(Address);
        _process = ChildProcess.Start("HotDash.Sandbox", [], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["SANDBOX_CHATWOOT_KEY"] = _supabaseKey,
            ["SANDBOX_PUBLER_KEY"] = PublerKey,
            ["SANDBOX_PUBLER_WORKSPACE_ID"] = SandboxClient.Workspace,
            ["SANDBOX_SUPABASE_KEY"] = _supabaseKey,
            ["SANDBOX_SHOPIFY_TOKEN"] = _supabaseKey,
        }.Concat(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))));
    }

    public Uri Address { get; }

    public string PublerKey { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What Chatwoot would sign with.</summary>
    public string WebhookSecret { get; } = Guid.NewGuid().ToString("N");

    public SandboxClient Client { get; }

    /// <summary>What makes HotDash take it for the providers themselves.</summary>
    public IEnumerable<(string Name, string Value)> AsProviders =>
    [
        ("Integrations__Mode", "live"),
        ("SUPABASE_URL", $"{Address}supabase"),
        ("SUPABASE_SERVICE_KEY", _supabaseKey),
        ("PUBLER_BASE_URL", $"{Address}publer"),
        ("PUBLER_API_KEY", PublerKey),
        ("PUBLER_WORKSPACE_ID", SandboxClient.Workspace),
        ("CHATWOOT_BASE_URL", $"{Address}chatwoot"),
        ("CHATWOOT_API_KEY", _supabaseKey),
        ("CHATWOOT_ACCOUNT_ID", "1"),
        ("CHATWOOT_WEBHOOK_SECRET", WebhookSecret),
    ];

    public Task ReadyAsync() => _process.SaysAsync("Application started");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();

        return _process.DisposeAsync();
    }
}
