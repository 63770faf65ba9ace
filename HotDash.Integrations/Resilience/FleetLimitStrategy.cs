using Polly;

namespace HotDash.Integrations;

/// <summary>Takes the attempt's tokens from the fleet's budget. Whether to wait for them is decided by the retry layer.</summary>
internal sealed class FleetLimitStrategy(string integration, ITokenBudget budget) : ResilienceStrategy<HttpResponseMessage>
{
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        try
        {
            if (await budget.TryTakeAsync(integration, context.Call().Cost, context.CancellationToken) is { } wait)
                return Polly.Outcome.FromException<HttpResponseMessage>(new RateLimitException(integration, wait, "our share of the rate limit is used up"));
        }
        catch (Exception e)
        {
            return Polly.Outcome.FromException<HttpResponseMessage>(e);
        }

        return await callback(context, state);
    }
}
