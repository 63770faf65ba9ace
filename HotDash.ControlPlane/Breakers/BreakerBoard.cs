using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Breakers;

/// <summary>
/// Breakers are per process. The board shows each one's to all: at once when one changes, else every few seconds. A reset reaches
/// every process by a notification, or with its next look.
/// </summary>
/// <param name="breakers">None in a host without integrations.</param>
public sealed partial class BreakerBoard(IEnumerable<IBreakers> breakers, NpgsqlDataSource store, TimeProvider clock, ILogger<BreakerBoard> logger)
    : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly BreakerStore _store = new(store);
    private readonly string _process = $"{Environment.MachineName}:{Environment.ProcessId}";
    private readonly Signal _signal = new(clock);
    private IReadOnlyDictionary<string, long>? _resets;

    /// <summary>Closes the breakers of an integration in all processes. One that is cut off does so when it is back.</summary>
    public Task ResetAsync(string integration, string by, CancellationToken ct = default) => _store.ResetAsync(integration, by, ct);

    /// <summary>Shows this process's breakers, and carries out the resets since the last time.</summary>
    internal async Task ExchangeAsync(IBreakers ours, string process, CancellationToken ct)
    {
        var resets = await _store.PublishAsync(process, ours.All, ct);
        var before = Interlocked.Exchange(ref _resets, resets) ?? resets; // what was reset before our start is no business of ours

        foreach (var (integration, number) in resets)
        {
            if (number <= before.GetValueOrDefault(integration))
                continue;

            LogReset(integration);
            ours.Reset(integration);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (breakers.LastOrDefault() is not { } ours)
            return;

        ours.Subscribe(_ => _signal.Set());
        var listening = ListenAsync(stoppingToken);

        var outage = new Outage("Showing circuit breakers", clock, logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await outage.TryAsync(() => ExchangeAsync(ours, _process, CancellationToken.None), stoppingToken))
                await _signal.WaitAsync(Every, stoppingToken);
        }

        await listening;
        await outage.TryAsync(() => _store.WithdrawAsync(_process, CancellationToken.None), stoppingToken);
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var outage = new Outage("Listening for resets of circuit breakers", clock, logger);
        while (!ct.IsCancellationRequested)
            await outage.TryAsync(() => _store.ListenAsync(_signal.Set, ct), ct);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The circuit breaker of {Integration} was reset by hand.")]
    private partial void LogReset(string integration);
}
