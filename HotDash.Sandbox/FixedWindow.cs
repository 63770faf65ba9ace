namespace HotDash.Sandbox;

/// <summary>So much per window, in fixed windows that begin with their first use.</summary>
internal sealed class FixedWindow((int Amount, TimeSpan Window) limit, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _ends;
    private int _used;

    public int Left => limit.Amount - _used;

    public bool TryTake(int cost)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now >= _ends)
                (_ends, _used) = (now + limit.Window, 0);
            if (_used + cost > limit.Amount)
                return false;

            _used += cost;
            return true;
        }
    }

    public void Reset()
    {
        lock (_gate)
            (_ends, _used) = (default, 0);
    }
}
