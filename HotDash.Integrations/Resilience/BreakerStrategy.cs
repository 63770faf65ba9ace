using Polly;

namespace HotDash.Integrations;

/// <summary>Asks the breaker before each attempt, and tells it what came of it.</summary>
internal sealed class BreakerStrategy(Breaker breaker) : ResilienceStrategy<HttpResponseMessage>
{
    /// <summary>One for all refusals, without a stack: it never leaves this assembly as it is.</summary>
    public static readonly Outcome<HttpResponseMessage> Refused = Polly.Outcome.FromException<HttpResponseMessage>(new CallRefusedException());

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        if (breaker.TryEnter() is not { } entered)
            return Refused;

        var outcome = await callback(context, state);
        switch (AttemptVerdicts.Of(outcome, context.Call()))
        {
            case AttemptVerdict.Answered:
                breaker.Succeeded(entered);
                break;
            case AttemptVerdict.Failed:
                breaker.Failed(entered);
                break;
            default:
                breaker.Abandoned(entered);
                break;
        }

        return outcome;
    }
}

/// <summary>The breaker let no call through. Becomes <see cref="CircuitBreakerOpenException"/>.</summary>
internal sealed class CallRefusedException() : Exception("The circuit breaker is open.");
