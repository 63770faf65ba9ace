namespace HotDash.Hosting.Tests;

/// <summary>A token for everything that a test waits for: what does not come fails the test instead of hanging it.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _source =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public TimeLimit() => _source.CancelAfter(TimeSpan.FromMinutes(2));

    public CancellationToken Token => _source.Token;

    public void Dispose() => _source.Dispose();
}
