using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Outcomes;

/// <summary>Brings counted outcomes to the store every few seconds, and what is left when everything else has stopped.</summary>
internal sealed partial class OutcomeFlusher(OutcomeBuckets buckets, OutcomeStore store, TimeProvider clock, ILogger<OutcomeFlusher> logger)
    : BackgroundService, IHostedLifecycleService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private readonly Guid _process = Guid.CreateVersion7();
    private readonly SemaphoreSlim _one = new(1);
    private OutcomeBatch? _pending;
    private long _number;

    /// <summary>Sends what an earlier attempt could not, then what was counted since.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await SendPendingAsync(ct);
            if (buckets.Drain() is { Count: > 0 } drained)
            {
                _pending = OutcomeBatch.Of(++_number, drained);
                await SendPendingAsync(ct);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception e) when (StoreUnavailableException.IsCause(e) || e is OperationCanceledException)
        {
            LogLost(logger, e.Message);
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var outage = new Outage("Counting outcomes", clock, logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await outage.TryAsync(() => FlushAsync(CancellationToken.None), stoppingToken);
        }
    }

    private async Task SendPendingAsync(CancellationToken ct)
    {
        if (_pending is null)
            return;

        await store.AddAsync(_process, _pending, ct);
        _pending = null; // not before it is confirmed: until then it is sent again under its number
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outcomes of the last seconds are not counted: {Why}")]
    private static partial void LogLost(ILogger logger, string why);
}
