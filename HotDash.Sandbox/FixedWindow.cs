namespace HotDash.Sandbox;

/// <summary>So much per window, in fixed windows that begin with their first use.</summary>
internal sealed class FixedWindow((int Amount, TimeSpan Window) limit, TimeProvider clock)
{
    private readonly Lock gate = new();
    private DateTimeOffset ends;
    private int used;

    public int Left => limit.Amount - used;

    public bool TryTake(int cost)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now >= ends)
                (ends, used) = (now + limit.Window, 0);
            if (used + cost > limit.Amount)
                return false;

            used += cost;
            return true;
        }
    }

    public void Reset()
    {
        lock (gate)
            (ends, used) = (default, 0);
    }
}
