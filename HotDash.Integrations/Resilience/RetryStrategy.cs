using System.Net.Http.Json;

using Polly;

namespace HotDash.Integrations;

/// <summary>
/// Repeats an attempt when that is safe, worth it and possible in the time that is left. Polly's own would wait for a moment that
/// the total time-out cuts off, and knows no budget.
/// </summary>
internal sealed class RetryStrategy(
    string integration, ResilienceOptions options, RetryBudget budget, Breaker breaker, CallTelemetry telemetry, TimeProvider clock)
    : ResilienceStrategy<HttpResponseMessage>
{
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        var call = context.Call();
        var began = clock.GetTimestamp();
        budget.CountCall();

        while (true)
        {
            var outcome = await callback(context, state);
            if (WaitAfter(outcome, call, began) is not { } wait)
                return outcome;

            telemetry.Repeats(integration, call, outcome, wait);
            outcome.Result?.Dispose();
            if (await WaitAsync(wait, context) is { } cancelled)
                return Polly.Outcome.FromException<HttpResponseMessage>(cancelled);
        }
    }

    /// <returns>Null when there is to be no other attempt.</returns>
    private TimeSpan? WaitAfter(Outcome<HttpResponseMessage> outcome, ProviderRequest call, long began)
    {
        if (AttemptVerdicts.Of(outcome, call) is not (AttemptVerdict.Failed or AttemptVerdict.Throttled) || !MayRepeat(outcome, call))
            return null;

        var wait = Asked(outcome, call) ?? Backoff(call.Attempts);
        var refusedByUs = outcome.Exception is RateLimitException;

        return wait < options.Timeouts.Total - clock.GetElapsedTime(began) && breaker.RefusesFor is null && (refusedByUs || budget.TryTake()) ? wait : null;
    }

    private bool MayRepeat(Outcome<HttpResponseMessage> outcome, ProviderRequest call) =>
        call.Attempts < options.Retry.MaxAttempts
        && IsReplayable(call.Content)
        && (AttemptVerdicts.HadNoEffect(outcome, call) || call.Operation.MayBeRepeated);

    private static TimeSpan? Asked(Outcome<HttpResponseMessage> outcome, ProviderRequest call) =>
        outcome.Exception is RateLimitException ours ? ours.RetryAfter : outcome.Result is null ? null : call.ReplyWait;

    /// <summary>Between half of it and all of it, so that callers that failed together do not come back together.</summary>
    private TimeSpan Backoff(int attempts)
    {
        var retry = options.Retry;
        var whole = Math.Min(
            retry.InitialBackoff.TotalSeconds * Math.Pow(retry.BackoffMultiplier, Math.Max(0, attempts - 1)), retry.MaxBackoff.TotalSeconds);

        return TimeSpan.FromSeconds(whole * (1 + retry.Random()) / 2);
    }

    private async ValueTask<OperationCanceledException?> WaitAsync(TimeSpan wait, ResilienceContext context)
    {
        try
        {
            await Task.Delay(wait, clock, context.CancellationToken);
            return null;
        }
        catch (OperationCanceledException e)
        {
            return e;
        }
    }

    private static bool IsReplayable(HttpContent? content) => content switch
    {
        null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent => true,
        MultipartContent parts => parts.All(IsReplayable),
        _ => false,
    };
}
