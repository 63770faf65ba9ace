using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Flags;

/// <summary>
/// Keeps this process's copy of the flags. A change is heard of at once; a notification that gets lost costs one look. While the
/// store is away, the last copy serves.
/// </summary>
public sealed partial class FlagWatch : BackgroundService
{
    internal const string Channel = "hotdash_flags";
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    /// <summary>How long the start of a host waits for its first copy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FlagReads _reads;
    private readonly FlagBoard _board;
    private readonly FlagVariables _variables;
    private readonly NpgsqlDataSource _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<FlagWatch> _logger;
    private readonly Signal _signal;
    private readonly SemaphoreSlim _reading = new(1, 1);

    internal FlagWatch(FlagReads reads, FlagBoard board, FlagVariables variables, NpgsqlDataSource store, TimeProvider clock, ILogger<FlagWatch> logger) =>
        (_reads, _board, _variables, _store, _clock, _logger, _signal) = (reads, board, variables, store, clock, logger, new(clock));

    /// <summary>So that nobody is answered from an empty copy; but a store that is away holds up no start.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await TryAsync(() => RefreshAsync(either.Token));
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _reading.Dispose();
        base.Dispose();
    }

    /// <summary>After a change: this process knows of it when this returns, the others a moment later.</summary>
    internal async Task TellAsync()
    {
        using var patience = new CancellationTokenSource(Patience, _clock);
        await TryAsync(() => _store.ExecuteAsync($"notify {Channel}", null, patience.Token));
        await TryAsync(() => RefreshAsync(patience.Token));
    }

    /// <summary>Looks whether anything has changed.</summary>
    internal async Task RefreshAsync(CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            var askedAt = _clock.GetTimestamp();
            _board.Confirm(await _reads.LoadAsync(_board.Snapshot.Epoch, _variables, ct), askedAt);
        }
        finally
        {
            _reading.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = ListenAsync(stoppingToken);
        var outage = new Outage("Reading flags", _clock, _logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            await _signal.WaitAsync(Every, stoppingToken);
            await outage.TryAsync(() => RefreshAsync(stoppingToken), stoppingToken);
        }

        await listening;
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var outage = new Outage("Listening for changes of flags", _clock, _logger);
        while (!ct.IsCancellationRequested)
            await outage.TryAsync(() => _store.ListenAsync(Channel, _signal.Set, ct), ct);
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            LogLater(e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The flags could not be told or read now ({Why}): the next look does it.")]
    private partial void LogLater(string why);
}
