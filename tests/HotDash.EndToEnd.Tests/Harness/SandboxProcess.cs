using System.Net;
using System.Net.Sockets;
using HotDash.TestKit;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>A sandbox that belongs to the test: its ledger outlives any AppHost.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    public SandboxProcess(params (string Name, string Value)[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        Client = new SandboxClient(Address);
        _process = ChildProcess.Start("HotDash.Sandbox", [], new[] { ("ASPNETCORE_URLS", Address.ToString()) }.Concat(SandboxSettings.Keys(Key)).Concat(settings)
            .Select(setting => KeyValuePair.Create(setting.Item1, setting.Item2)));
    }

    public Uri Address { get; }

    /// <summary>Every provider's.</summary>
    public string Key { get; } = Guid.NewGuid().ToString("N");

    /// <summary>What Chatwoot would sign with.</summary>
    public string WebhookSecret { get; } = Guid.NewGuid().ToString("N");

    public SandboxClient Client { get; }

    /// <summary>What makes HotDash take it for the providers themselves.</summary>
    public IEnumerable<(string Name, string Value)> AsProviders =>
    [
        ("Integrations__Mode", "live"),
        .. SandboxSettings.AsProviders(Address, Key, "", "supabase", "publer", "chatwoot"),
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
