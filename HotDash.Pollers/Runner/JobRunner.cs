using System.Collections.Concurrent;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Runner;

/// <summary>
/// Claims due jobs, runs them side by side, and hands in what became of them: one loop, one round trip for both. While that is
/// under way, further jobs end and are handed in together by the next one.
/// </summary>
internal sealed partial class JobRunner(
    JobStore store,
    JobRegistry registry,
    JobExecutor executor,
    RunningJobs running,
    LeaseKeeper leases,
    WakeListener wake,
    BacklogSampler backlog,
    JobMetrics metrics,
    IOptions<JobRunnerOptions> options,
    TimeProvider clock,
    ILogger<JobRunner> logger) : BackgroundService
{
    private const int Linger = 8;
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(20);

    private readonly JobRunnerOptions _options = options.Value;
    private readonly string _worker = $"{Environment.MachineName}:{Environment.ProcessId}";
    private readonly Signal _signal = new(clock);
    private readonly ConcurrentQueue<FinishedJob> _ended = new();
    private readonly List<FinishedJob> _handIn = [];

    private bool _more;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var over = new CancellationTokenSource();
        var helpers = Task.WhenAll(wake.RunAsync(_signal, over.Token), leases.RunAsync(over.Token), backlog.RunAsync(over.Token));
        var outage = new Outage("Running jobs", clock, logger);

        while (!stoppingToken.IsCancellationRequested
               && !await outage.TryAsync(() => store.SetRecurringAsync(registry.Periods, CancellationToken.None), stoppingToken))
        {
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            if (await outage.TryAsync(() => ExchangeAsync(_options.Concurrency), stoppingToken))
                await WaitAsync(outage, stoppingToken);
        }

        await StopAsync(outage);
        await over.CancelAsync();
        await helpers;
    }

    /// <summary>Hands in what ended, and claims as many jobs as there is room for. Not cancellable: what it claimed must not get lost.</summary>
    private async Task ExchangeAsync(int concurrency)
    {
        while (_ended.TryDequeue(out var ended))
            _handIn.Add(ended);

        var room = Math.Max(0, concurrency - running.Count);
        if (room == 0 && _handIn.Count == 0)
            return;

        var exchange = await store.ExchangeAsync(_handIn, room, _worker, _options.Lease, CancellationToken.None);
        _handIn.Clear(); // not before the store has them: until then they are handed in again
        _more = room > 0 && exchange.Claimed.Count == room;

        metrics.Stale(exchange.Stale.Count);
        foreach (var job in exchange.Claimed)
            _ = RunAsync(running.Add(job));
    }

    private async Task RunAsync(RunningJob job)
    {
        await Task.Yield();
        _ended.Enqueue(await executor.RunAsync(job));
        running.Remove(job);
        _signal.Set();
    }

    private async Task WaitAsync(Outage outage, CancellationToken ct)
    {
        var room = running.Count < _options.Concurrency;
        if (_ended.IsEmpty && !(room && _more))
            await SleepAsync(outage, room, ct);

        // Jobs that were begun together often end together. A few turns of the thread pool cost microseconds, a commit milliseconds.
        for (var turn = 0; turn < Linger && running.Count > 0; turn++)
            await Task.Yield();
    }

    private async Task SleepAsync(Outage outage, bool room, CancellationToken ct)
    {
        var atMost = _options.Poll;
        if (room)
            await outage.TryAsync(async () => atMost = Until(await store.NextDueAsync(ct)), ct);

        await _signal.WaitAsync(atMost, ct);
    }

    private TimeSpan Until(TimeSpan? due) => due is { } wait && wait < _options.Poll ? (wait > Soonest ? wait : Soonest) : _options.Poll;

    /// <summary>Lets running jobs end, then cancels them; what gave up is given back at once, so that it runs elsewhere now.</summary>
    private async Task StopAsync(Outage outage)
    {
        await HandInAsync(outage, _options.Drain);

        foreach (var job in running.All)
            job.Cancel("the host stops");
        await HandInAsync(outage, _options.GiveUp);

        if (running.Count > 0)
            LogLeft(running.Count, _options.Lease.TotalSeconds);
        await outage.TryAsync(() => store.NotifyAsync(CancellationToken.None), CancellationToken.None);
    }

    private async Task HandInAsync(Outage outage, TimeSpan atMost)
    {
        var began = clock.GetTimestamp();
        while (running.Count > 0 && clock.GetElapsedTime(began) is var elapsed && elapsed < atMost)
        {
            await _signal.WaitAsync(atMost - elapsed, CancellationToken.None);
            await outage.TryAsync(() => ExchangeAsync(concurrency: 0), CancellationToken.None);
        }

        await outage.TryAsync(() => ExchangeAsync(concurrency: 0), CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} jobs did not give up in time; they run elsewhere when their lease ends, within {Seconds:0.#} s.")]
    private partial void LogLeft(int count, double seconds);
}
