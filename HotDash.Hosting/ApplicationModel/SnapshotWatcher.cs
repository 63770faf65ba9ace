using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What one reader has not read yet: the latest state of each instance, so its memory is bounded by their number.</summary>
internal sealed class SnapshotWatcher
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, ResourceEvent> _unread = new(StringComparer.Ordinal);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Offer(ResourceEvent change)
    {
        lock (_gate)
        {
            _unread[change.ResourceId] = change;
        }

        _signal.Writer.TryWrite(true);
    }

    public void OfferAll(IEnumerable<ResourceEvent> changes)
    {
        foreach (var change in changes)
            Offer(change);
    }

    public async IAsyncEnumerable<ResourceEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var _ in _signal.Reader.ReadAllAsync(ct))
        {
            foreach (var change in TakeAll())
                yield return change;
        }
    }

    private List<ResourceEvent> TakeAll()
    {
        lock (_gate)
        {
            List<ResourceEvent> all = [.. _unread.Values];
            _unread.Clear();
            return all;
        }
    }
}

/// <summary>One wait; judged while the change is published, so that it sees every step.</summary>
internal sealed class SnapshotWaiter(Func<ResourceEvent, bool> predicate)
{
    private readonly TaskCompletionSource<ResourceEvent> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool TryComplete(ResourceEvent change) => predicate(change) && _found.TrySetResult(change);

    public async Task<ResourceEvent> WaitAsync(Action<SnapshotWaiter> forget, CancellationToken ct)
    {
        try
        {
            return await _found.Task.WaitAsync(ct);
        }
        finally
        {
            forget(this);
        }
    }
}
