using Aspire.Hosting.Tools;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>One end-to-end run at a time on this machine, whichever clone it belongs to.</summary>
public sealed class MachineTurn : IAsyncLifetime
{
    private FileLock? _turn;

    public async ValueTask InitializeAsync() =>
        _turn = await FileLock.TakeAsync(Path.Combine(Path.GetTempPath(), $"hotdash-end-to-end-{Environment.UserName}.lock"), CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _turn?.Dispose();

        return ValueTask.CompletedTask;
    }
}
