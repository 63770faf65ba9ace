namespace HotDash.ControlPlane.Keys;

/// <summary>
/// Remembers for 60 s who presented which key, by its hash. Unknown keys have their own, bounded room, so that guessing cannot
/// push out the valid ones. Concurrent questions about one key are asked once.
/// </summary>
internal sealed class ApiKeyCache(TimeProvider clock)
{
    private const int Capacity = 10_000;
    private static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, Entry> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<ApiKeyIdentity?>> _asking = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>What the store said, and how long the key itself will live.</summary>
    internal readonly record struct Answer(ApiKeyIdentity? Identity, TimeSpan? Remaining);

    internal int Count
    {
        get
        {
            lock (_lock)
                return _known.Count + _unknown.Count;
        }
    }

    public Task<ApiKeyIdentity?> GetAsync(string hash, Func<Task<Answer>> ask, CancellationToken ct)
    {
        lock (_lock)
        {
            if (Fresh(_known, hash) is { } known)
                return known.Result;

            if (Fresh(_unknown, hash) is { } unknown)
                return unknown.Result;

            if (!_asking.TryGetValue(hash, out var asking))
            {
                // Not on this thread: a question that ended at once would leave itself behind in _asking.
                asking = Task.Run(() => AskAsync(hash, ask), CancellationToken.None);
                _asking[hash] = asking;
            }

            return asking.WaitAsync(ct);
        }
    }

    public void Forget(Guid id)
    {
        lock (_lock)
        {
            foreach (var (hash, _) in _known.Where(pair => pair.Value.Id == id).ToList())
                _known.Remove(hash);
        }
    }

    private async Task<ApiKeyIdentity?> AskAsync(string hash, Func<Task<Answer>> ask)
    {
        try
        {
            var began = clock.GetTimestamp();
            var answer = await ask();
            lock (_lock)
                Remember(hash, answer, began);

            return answer.Identity;
        }
        finally
        {
            lock (_lock)
                _asking.Remove(hash);
        }
    }

    private void Remember(string hash, Answer answer, long began)
    {
        var room = answer.Identity is null ? _unknown : _known;
        if (room.Count >= Capacity)
            MakeRoom(room);

        var life = answer.Remaining < TimeToLive ? answer.Remaining.Value : TimeToLive;
        room[hash] = new Entry(answer.Identity?.Id, Task.FromResult(answer.Identity), began, life);
    }

    private void MakeRoom(Dictionary<string, Entry> room)
    {
        foreach (var hash in room.Where(pair => !IsFresh(pair.Value)).Select(pair => pair.Key).ToList())
            room.Remove(hash);

        if (room.Count >= Capacity)
            room.Clear();
    }

    private Entry? Fresh(Dictionary<string, Entry> room, string hash) =>
        room.TryGetValue(hash, out var entry) && IsFresh(entry) ? entry : null;

    private bool IsFresh(Entry entry) => clock.GetElapsedTime(entry.Began) < entry.Life;

    private sealed record Entry(Guid? Id, Task<ApiKeyIdentity?> Result, long Began, TimeSpan Life);
}
