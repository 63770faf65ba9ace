using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Polly;

namespace Microsoft.Extensions.Http.Resilience;

public sealed class HttpRateLimiterStrategyOptions : ResilienceStrategyOptions
{
    /// <summary>1000 concurrent calls, none queued.</summary>
    [Required]
    public ConcurrencyLimiterOptions DefaultRateLimiterOptions { get; set; } = new() { PermitLimit = 1000, QueueLimit = 0 };
}
