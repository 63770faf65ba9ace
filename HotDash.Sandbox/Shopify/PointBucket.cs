using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify;

/// <summary>Fills at a steady rate; a query needs its points in it before it runs, and pays what it cost afterwards.</summary>
internal sealed class PointBucket(IConfiguration configuration, TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly (int Requests, TimeSpan Window) limit = configuration.Limit("shopify", "2000/20s");
    private double missing;
    private DateTimeOffset at;

    private double Rate => limit.Requests / limit.Window.TotalSeconds;

    /// <summary>Takes what the query asks for, or nothing.</summary>
    public bool TryTake(int points)
    {
        lock (gate)
        {
            Fill();
            if (points > limit.Requests - missing)
                return false;

            missing += points;
            return true;
        }
    }

    public void GiveBack(int points)
    {
        lock (gate)
            missing = Math.Max(0, missing - points);
    }

    public JsonObject Status()
    {
        lock (gate)
        {
            Fill();
            return new()
            {
                ["maximumAvailable"] = (double)limit.Requests,
                ["currentlyAvailable"] = (int)(limit.Requests - missing),
                ["restoreRate"] = Rate,
            };
        }
    }

    public void Reset()
    {
        lock (gate)
            missing = 0;
    }

    private void Fill()
    {
        var now = clock.GetUtcNow();
        missing = Math.Max(0, missing - ((now - at).TotalSeconds * Rate));
        at = now;
    }
}
