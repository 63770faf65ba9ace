using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>The five layers of an outgoing call, outermost first. Names and defaults are those of Microsoft.Extensions.Http.Resilience.</summary>
public sealed class HttpStandardResilienceOptions
{
    /// <summary>At most 1000 calls of one client at a time, the next one fails at once.</summary>
    public HttpRateLimiterStrategyOptions RateLimiter { get; set; } = new() { Name = "Standard-RateLimiter" };

    /// <summary>30 s for everything: all attempts and the waits between them.</summary>
    public HttpTimeoutStrategyOptions TotalRequestTimeout { get; set; } =
        new() { Name = "Standard-TotalRequestTimeout", Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Three more attempts, exponential from 2 s with jitter.</summary>
    public HttpRetryStrategyOptions Retry { get; set; } = new() { Name = "Standard-Retry" };

    /// <summary>Opens for 5 s when 10 % of at least 100 calls within 30 s fail.</summary>
    public HttpCircuitBreakerStrategyOptions CircuitBreaker { get; set; } = new() { Name = "Standard-CircuitBreaker" };

    /// <summary>10 s until an attempt has its response headers.</summary>
    public HttpTimeoutStrategyOptions AttemptTimeout { get; set; } =
        new() { Name = "Standard-AttemptTimeout", Timeout = TimeSpan.FromSeconds(10) };
}

/// <summary>A time-out surfaces as <see cref="TimeoutRejectedException"/>; the caller's own cancellation does not.</summary>
public sealed class HttpTimeoutStrategyOptions : TimeoutStrategyOptions;
