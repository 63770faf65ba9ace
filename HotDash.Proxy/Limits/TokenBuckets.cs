using System.Threading.RateLimiting;

namespace HotDash.Proxy.Limits;

internal static class TokenBuckets
{
    /// <summary>The whole window at once, then given back about once a second (less often when that would be a part of a token).</summary>
    public static TokenBucketRateLimiterOptions ToTokenBucket(this RateLimit limit)
    {
        var perPeriod = (int)Math.Max(1, limit.Requests / Math.Max(1, limit.Window.TotalSeconds));

        return new()
        {
            TokenLimit = limit.Requests,
            TokensPerPeriod = perPeriod,
            ReplenishmentPeriod = limit.Window * ((double)perPeriod / limit.Requests),
            AutoReplenishment = false,
            QueueLimit = 0,
        };
    }
}
