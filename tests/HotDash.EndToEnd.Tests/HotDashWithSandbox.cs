using HotDash.EndToEnd.Tests.Harness;

namespace HotDash.EndToEnd.Tests;

/// <summary>HotDash as it starts when nothing is configured; one for all tests that leave it as they found it.</summary>
public sealed class HotDashWithSandbox : IAsyncLifetime
{
    internal RunningHotDash HotDash { get; private set; } = null!;

    internal SandboxClient Sandbox { get; private set; } = null!;

    internal string Account { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var key = Guid.NewGuid().ToString("N");
        HotDash = await RunningHotDash.StartAsync(("Parameters__sandbox-publer-key", key));
        Sandbox = new SandboxClient((await HotDash.FindAsync("sandbox")).Single().Urls["http"]);
        Account = await Sandbox.FindAccountAsync(key);
    }

    public async ValueTask DisposeAsync()
    {
        Sandbox?.Dispose();
        if (HotDash is not null)
            await HotDash.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class WithSandbox : ICollectionFixture<HotDashWithSandbox>
{
    public const string Name = "With sandbox";
}
