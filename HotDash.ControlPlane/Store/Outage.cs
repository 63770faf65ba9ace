using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Store;

/// <summary>Keeps a loop going while the store is away: waits longer each time, and tells of each outage once.</summary>
internal sealed partial class Outage(string what, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(4);

    private int _failures;

    /// <summary>
    /// Runs <paramref name="work"/>; when the store is away, waits and answers false. False too when it was cancelled: the caller's
    /// loop ends by itself, and what comes after the loop must still be done.
    /// </summary>
    public async Task<bool> TryAsync(Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (StoreUnavailableException.IsCause(e) || e is Npgsql.NpgsqlException)
        {
            await FailedAsync(e, ct);
            return false;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }

        if (_failures > 0)
            LogOver(what);
        _failures = 0;

        return true;
    }

    private async Task FailedAsync(Exception e, CancellationToken ct)
    {
        if (_failures++ == 0)
            LogBegan(what, e.Message);

        var wait = First * Math.Pow(2, Math.Min(_failures - 1, 6));
        await Task.Delay(wait < Cap ? wait : Cap, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} cannot use the store and keeps trying: {Why}")]
    private partial void LogBegan(string what, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{What} can use the store again.")]
    private partial void LogOver(string what);
}
