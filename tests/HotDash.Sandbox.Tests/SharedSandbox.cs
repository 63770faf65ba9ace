namespace HotDash.Sandbox.Tests;

/// <summary>One sandbox for the tests of a class, which run one after the other; each gets it as if new.</summary>
public sealed class SharedSandbox : IAsyncLifetime
{
    private SandboxUnderTest? _sandbox;

    public async ValueTask InitializeAsync() => _sandbox = await SandboxUnderTest.StartAsync();

    public ValueTask DisposeAsync() => _sandbox!.DisposeAsync();

    internal async Task<SandboxUnderTest> FreshAsync()
    {
        (await _sandbox!.Http.PostAsync("/_sandbox/reset", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        return _sandbox;
    }
}
