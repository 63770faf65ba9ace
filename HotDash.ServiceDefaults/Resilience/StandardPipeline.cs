using System.Threading.RateLimiting;
using Polly;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>The five layers, built. The order is the one of <see cref="HttpStandardResilienceOptions"/>.</summary>
internal sealed class StandardPipeline(ResiliencePipeline<HttpResponseMessage> layers, TimeProvider clock, TimeSpan longestCall)
{
    public TimeProvider Clock => clock;

    /// <summary>The total time-out and a margin of one attempt.</summary>
    public TimeSpan LongestCall => longestCall;

    public ResiliencePipeline<HttpResponseMessage> Layers => layers;

    public static StandardPipeline Build(string name, HttpStandardResilienceOptions options, ResilienceTelemetry telemetry, TimeProvider clock)
    {
        new RetryRules(options, clock).Apply();
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage>
        {
            Name = name,
            TelemetryListener = telemetry,
            TimeProvider = clock,
        };

        // Lives as long as the process, as the pipeline does.
        var limiter = new ConcurrencyLimiter(options.RateLimiter.DefaultRateLimiterOptions);
        var layers = builder
            .AddStrategy(context => new RateLimitStrategy(limiter, context.Telemetry), options.RateLimiter)
            .AddTimeout(options.TotalRequestTimeout)
            .AddRetry(options.Retry)
            .AddCircuitBreaker(options.CircuitBreaker)
            .AddTimeout(options.AttemptTimeout)
            .Build();

        return new(layers, clock, options.TotalRequestTimeout.Timeout + options.AttemptTimeout.Timeout);
    }
}
