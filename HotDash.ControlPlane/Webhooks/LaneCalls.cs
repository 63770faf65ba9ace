using System.Collections.Concurrent;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>
/// Sees to it that a lane with events has a job. After the commit of the events, and for many at once: in their transaction it would make
/// every sender wait, and a job that is just ending would not see them. What is lost with the process, a sweep finds.
/// </summary>
internal sealed partial class LaneCalls(NpgsqlDataSource store, JobQueue queue, TimeProvider clock, ILogger<LaneCalls> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<short, bool> _lanes = new();
    private int _running;

    public void Call(IEnumerable<short> lanes)
    {
        foreach (var lane in lanes)
            _lanes[lane] = true;

        if (Interlocked.Exchange(ref _running, 1) == 0)
            _ = Task.Run(RunAsync);
    }

    public async Task EnqueueAsync(IEnumerable<short> lanes, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var lane in lanes.Order())
        {
            await queue.EnqueueAsync(
                connection, transaction, WebhookJobs.Handle, new HandleWebhooksPayload(lane), new() { UniqueKey = $"{WebhookJobs.Handle}/{lane}" }, ct);
        }

        await transaction.CommitAsync(CancellationToken.None);
        queue.Wake();
    }

    private async Task RunAsync()
    {
        while (Take() is { Count: > 0 } lanes)
        {
            try
            {
                await EnqueueAsync(lanes, CancellationToken.None);
            }
            catch (Exception e) when (StoreUnavailableException.IsCause(e))
            {
                LogNotCalled(e.Message);
            }

            await Task.Delay(Pause, clock);
        }

        Volatile.Write(ref _running, 0);
        if (!_lanes.IsEmpty)
            Call([]);
    }

    private List<short> Take() => [.. _lanes.Keys.Where(lane => _lanes.TryRemove(lane, out _))];

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events were kept, but their jobs could not be enqueued ({Why}); a sweep does it.")]
    private partial void LogNotCalled(string why);
}
