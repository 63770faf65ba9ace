namespace HotDash.Sandbox.Tests;

/// <summary>One sandbox for the tests of a class, which run one after the other; each gets it as if new.</summary>
public sealed class SharedSandbox : IAsyncLifetime
{
    private SandboxUnderTest? sandbox;

    public async ValueTask InitializeAsync() => sandbox = await SandboxUnderTest.StartAsync();

    public ValueTask DisposeAsync() => sandbox!.DisposeAsync();

    internal async Task<SandboxUnderTest> FreshAsync()
    {
        (await sandbox!.Http.PostAsync("/_sandbox/reset", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        return sandbox;
    }
}
