using System.Threading.RateLimiting;
using Polly;
using Polly.RateLimiting;
using Polly.Telemetry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Polly.RateLimiting in the few lines that are needed here.</summary>
internal sealed class RateLimitStrategy(RateLimiter limiter, ResilienceStrategyTelemetry telemetry)
    : ResilienceStrategy<HttpResponseMessage>
{
    private static readonly ResilienceEvent Rejected = new(ResilienceEventSeverity.Error, "OnRateLimiterRejected");

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        using var permit = await limiter.AcquireAsync(1, context.CancellationToken);

        if (permit.IsAcquired)
        {
            return await callback(context, state);
        }

        telemetry.Report(Rejected, context, permit);

        return Outcome.FromException<HttpResponseMessage>(new RateLimiterRejectedException(
            "This client already has as many calls under way as its RateLimiter permits."));
    }
}
