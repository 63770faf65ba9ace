using System.Threading.Channels;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>
/// Keeps what comes in while a transaction is under way with the next one: under load a flush to disk serves many events, and without load
/// nobody waits for others. Whoever adds gets the answer after the commit.
/// </summary>
internal sealed class GroupCommit(Func<IReadOnlyList<WebhookRow>, CancellationToken, Task<IReadOnlyList<Guid?>>> keep)
{
    private const int MostAtOnce = 200;
    private const int MostWaiting = 1000;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private int _running;

    /// <returns>The id under which it is kept; another than its own when it was kept already, null when that one is gone meanwhile.</returns>
    /// <exception cref="StoreUnavailableException">It is not known to be kept: the sender shall try again.</exception>
    public Task<Guid?> AddAsync(WebhookRow row)
    {
        var waiting = new Waiting(row);
        if (!_waiting.Writer.TryWrite(waiting))
            throw new StoreUnavailableException(new TimeoutException("More events wait for the store than it keeps up with."));

        Run();
        return waiting.Kept.Task;
    }

    private void Run()
    {
        if (Interlocked.Exchange(ref _running, 1) == 0)
            _ = Task.Run(DrainAsync);
    }

    private async Task DrainAsync()
    {
        var batch = new List<Waiting>(MostAtOnce);
        while (Take(batch))
            await KeepAsync(batch);

        Volatile.Write(ref _running, 0);
        if (_waiting.Reader.TryPeek(out _)) // added after the last look, by somebody who saw this one running
            Run();
    }

    private bool Take(List<Waiting> batch)
    {
        batch.Clear();
        while (batch.Count < MostAtOnce && _waiting.Reader.TryRead(out var next))
            batch.Add(next);

        return batch.Count > 0;
    }

    private async Task KeepAsync(IReadOnlyList<Waiting> batch)
    {
        try
        {
            var kept = await keep([.. batch.Select(waiting => waiting.Row)], CancellationToken.None);
            foreach (var (waiting, id) in batch.Zip(kept))
                waiting.Kept.TrySetResult(id);
        }
        catch (PostgresException e) when (batch.Count > 1 && !StoreUnavailableException.IsCause(e))
        {
            foreach (var waiting in batch) // one of them cannot be kept: the others must not suffer for it
                await KeepAsync([waiting]);
        }
#pragma warning disable CA1031 // whoever waits is told, whatever it was
        catch (Exception e)
        {
            foreach (var waiting in batch)
                waiting.Kept.TrySetException(StoreUnavailableException.IsCause(e) ? new StoreUnavailableException(e) : e);
        }
#pragma warning restore CA1031
    }

    private sealed record Waiting(WebhookRow Row)
    {
        public TaskCompletionSource<Guid?> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
