using Microsoft.Extensions.Http.Resilience;

namespace HotDash.Integrations;

/// <summary>How ServiceDefaults' standard layers are set for calls to a provider.</summary>
internal static class CallLayers
{
    private const int MaxAttempts = 3;

    public static void Suit(this HttpStandardResilienceOptions layers, IntegrationOptions options, Attempts attempts)
    {
        layers.AttemptTimeout.Timeout = options.AttemptTimeout;
        layers.TotalRequestTimeout.Timeout = options.AttemptTimeout * MaxAttempts;
        layers.CircuitBreaker.SamplingDuration = TimeSpan.FromTicks(
            Math.Max(layers.CircuitBreaker.SamplingDuration.Ticks, (options.AttemptTimeout * MaxAttempts).Ticks));
        layers.Retry.MaxRetryAttempts = MaxAttempts - 1;
        layers.Retry.Delay = TimeSpan.FromSeconds(1);
        layers.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        if (attempts is Attempts.One)
            layers.Retry.ShouldHandle = _ => ValueTask.FromResult(false);
    }
}
