using System.Collections.Concurrent;
using HotDash.Integrations;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Pauses;

/// <summary>
/// Keeps integrations from being called while nothing comes of it. When most of a burst of calls fails the same way, the integration
/// is paused for the fleet; one call goes through now and then, and the first that succeeds ends the pause. What the store says is
/// known here within a second; while the store is away, what was known holds.
/// </summary>
public sealed partial class PauseBoard(PauseStore store, TimeProvider clock, ILogger<PauseBoard> logger) : IPauses
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ByHand = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Burst> _bursts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _probing = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private Task? _reading;
    private volatile Known? _known;
    private long _asked;

    public bool IsPaused(string integration) => _known?.Pauses.ContainsKey(integration) is true;

    public ValueTask<Pause?> CheckAsync(string integration, bool mayProbe, CancellationToken ct)
    {
        if (_known is null)
            return new(FirstAsync(integration, mayProbe, ct));
        if (clock.GetElapsedTime(Volatile.Read(ref _asked)) > Fresh)
            _ = RefreshAsync();

        return IsPaused(integration) ? new(PausedAsync(integration, mayProbe, ct)) : new((Pause?)null);
    }

    public void Record(string integration, OutcomeKind kind)
    {
        // Others are refused, or fail, while the call that went to see is on its way: none of them may be taken for it.
        if (kind is OutcomeKind.Ok && !_probing.IsEmpty && _probing.TryRemove(integration, out _))
            _ = InBackgroundAsync(ct => EndAsync(integration, ct));
        else if (!IsPaused(integration) && _bursts.GetOrAdd(integration, _ => new(clock)).Add(kind) is { } failure)
            _ = InBackgroundAsync(ct => BeginAsync(integration, failure.Code(), ct));
    }

    /// <summary>Reads what the store says. Who asks while that is going on waits for the same answer: several calls may be a process's first.</summary>
    internal Task RefreshAsync()
    {
        lock (_gate)
            return _reading is { IsCompleted: false } reading ? reading : _reading = ReadAsync();
    }

    private async Task ReadAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // whoever began it holds the gate

        Volatile.Write(ref _asked, clock.GetTimestamp());
        await InBackgroundAsync(async ct =>
        {
            var began = clock.GetTimestamp();
            _known = new(began, (await store.ReadAsync(ct)).ToDictionary(pause => pause.Integration, pause => (pause.Reason, pause.Wait), StringComparer.Ordinal));
            foreach (var over in _probing.Keys.Where(integration => !IsPaused(integration)))
                _probing.TryRemove(over, out _);
        });
        _known ??= new(clock.GetTimestamp(), new Dictionary<string, (string, TimeSpan?)>(StringComparer.Ordinal));
    }

    private async Task<Pause?> FirstAsync(string integration, bool mayProbe, CancellationToken ct)
    {
        await RefreshAsync();
        return IsPaused(integration) ? await PausedAsync(integration, mayProbe, ct) : null;
    }

    private async Task<Pause?> PausedAsync(string integration, bool mayProbe, CancellationToken ct)
    {
        if (_known is not { } known || !known.Pauses.TryGetValue(integration, out var pause))
            return null;
        if (pause.Wait - clock.GetElapsedTime(known.At) is not { } left)
            return new($"disconnected: {pause.Reason}", ByHand);
        if (left > TimeSpan.Zero)
            return new($"paused: {pause.Reason}", left);
        if (!mayProbe || !await store.TryProbeAsync(integration, ct))
            return new($"paused: {pause.Reason}", Fresh); // another call goes to see

        _probing[integration] = true;
        return null;
    }

    private async Task BeginAsync(string integration, string failure, CancellationToken ct)
    {
        if (await store.PauseAsync(integration, failure, ct))
            LogPaused(integration, failure);
        await RefreshAsync();
    }

    private async Task EndAsync(string integration, CancellationToken ct)
    {
        if (await store.RecoveredAsync(integration, ct))
            LogResumed(integration);
        await RefreshAsync();
    }

    private async Task InBackgroundAsync(Func<CancellationToken, Task> work)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await work(patience.Token);
        }
#pragma warning disable CA1031 // nobody waits for it; the next call tries again
        catch (Exception e)
        {
            LogFailed(e.Message);
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Integration} is paused: most of its calls failed ({Failure}).")]
    private partial void LogPaused(string integration, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Integration} is called again: a call succeeded.")]
    private partial void LogResumed(string integration);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pauses could not be read or written: {Why}")]
    private partial void LogFailed(string why);

    /// <summary>What the store said, and when it was asked, by this process's monotonic clock.</summary>
    private sealed record Known(long At, IReadOnlyDictionary<string, (string Reason, TimeSpan? Wait)> Pauses);
}
