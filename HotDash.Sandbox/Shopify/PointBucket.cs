using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify;

/// <summary>Fills at a steady rate; a query needs its points in it before it runs, and pays what it cost afterwards.</summary>
internal sealed class PointBucket(IConfiguration configuration, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly (int Requests, TimeSpan Window) _limit = configuration.Limit("shopify", "2000/20s");
    private double _missing;
    private DateTimeOffset _at;

    private double Rate => _limit.Requests / _limit.Window.TotalSeconds;

    /// <summary>Takes what the query asks for, or nothing.</summary>
    public bool TryTake(int points)
    {
        lock (_gate)
        {
            Fill();
            if (points > _limit.Requests - _missing)
                return false;

            _missing += points;
            return true;
        }
    }

    public void GiveBack(int points)
    {
        lock (_gate)
            _missing = Math.Max(0, _missing - points);
    }

    public JsonObject Status()
    {
        lock (_gate)
        {
            Fill();
            return new()
            {
                ["maximumAvailable"] = (double)_limit.Requests,
                ["currentlyAvailable"] = (int)(_limit.Requests - _missing),
                ["restoreRate"] = Rate,
            };
        }
    }

    public void Reset()
    {
        lock (_gate)
            _missing = 0;
    }

    private void Fill()
    {
        var now = clock.GetUtcNow();
        _missing = Math.Max(0, _missing - ((now - _at).TotalSeconds * Rate));
        _at = now;
    }
}
