using Polly;
using Polly.Retry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>
/// When an attempt is repeated. One deliberate difference to Microsoft's options: a method that is not idempotent (POST, PATCH,
/// CONNECT, anything unknown) is not repeated unless <see cref="RetryNonIdempotentMethods"/> or <see cref="AllowRetry"/> says so,
/// because the first attempt may have had its effect. A body that cannot be sent twice is never repeated.
/// </summary>
public sealed class HttpRetryStrategyOptions : RetryStrategyOptions<HttpResponseMessage>
{
    /// <summary>Set to true on one request whose repetition is safe (it carries an idempotency key); false forbids any repetition.</summary>
    public static readonly HttpRequestOptionsKey<bool> AllowRetry = new("HotDash.AllowRetry");

    public HttpRetryStrategyOptions()
    {
        ShouldHandle = args => ValueTask.FromResult(HttpClientResiliencePredicates.IsTransient(args.Outcome));
        BackoffType = DelayBackoffType.Exponential;
        UseJitter = true;
    }

    /// <summary>
    /// Wait as long as the reply's Retry-After says. When that is longer than what is left of the total time-out, the reply is
    /// handed to the caller at once instead.
    /// </summary>
    public bool ShouldRetryAfterHeader { get; set; } = true;

    /// <summary>Repeat every method: only for a client all of whose calls may be made twice.</summary>
    public bool RetryNonIdempotentMethods { get; set; }
}
