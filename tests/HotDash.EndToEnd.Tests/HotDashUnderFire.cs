using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

/// <summary>HotDash that takes a sandbox outside of its AppHost for the real providers, and is patient for seconds instead of minutes.</summary>
public sealed class HotDashUnderFire : IAsyncLifetime
{
    private static readonly (string, string)[] Limits = [("Integrations__Limits__publer", "100000/1m")];

    private static readonly (string, string)[] Patience =
    [
        // Long enough for a busy machine: calls that fail together would open the breaker and pause the integration.
        ("Integrations__publer__Timeouts__Attempt", "4s"),
        ("Integrations__publer__CircuitBreaker__OpenDuration", "2s"),
        ("Social__CreationLag", "00:00:01"),
        ("Social__SettleWindow", "00:00:15"),
        ("Approvals__CallDeadline", "00:00:10"),
        ("Approvals__SettleWindow", "00:00:15"),
    ];

    private readonly SandboxProcess _sandbox = new([.. Limits, ("Sandbox__Publer__Lag", "300ms")]);

    internal RunningHotDash HotDash { get; private set; } = null!;

    internal SandboxClient Sandbox => _sandbox.Client;

    internal string Account { get; private set; } = null!;

    internal string WebhookSecret => _sandbox.WebhookSecret;

    public async ValueTask InitializeAsync()
    {
        await _sandbox.ReadyAsync();
        Account = await Sandbox.FindAccountAsync(_sandbox.Key);
        // A fixed port, as in production: clients find it again after the AppHost was killed.
        HotDash = await RunningHotDash.StartAsync([.. _sandbox.AsProviders, .. Limits, .. Patience, ("Proxy__Port", $"{SandboxProcess.FreePort()}")]);
    }

    public async ValueTask DisposeAsync()
    {
        if (HotDash is not null)
            await HotDash.DisposeAsync();

        await _sandbox.DisposeAsync();
    }
}
