using Polly;

namespace HotDash.Integrations;

/// <summary>Takes the attempt's tokens from the fleet's budget.</summary>
/// <param name="longestWait">
/// For them. Zero where a retry layer outside decides about waiting; where there is none, a call would otherwise fail for tokens that are there a moment later.
/// </param>
internal sealed class FleetLimitStrategy(string integration, ITokenBudget budget, TimeSpan longestWait, TimeProvider clock) : ResilienceStrategy<HttpResponseMessage>
{
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        var left = longestWait;

        try
        {
            while (await budget.TryTakeAsync(integration, context.Call().Cost, context.CancellationToken) is { } wait)
            {
                if (wait >= left)
                    return Polly.Outcome.FromException<HttpResponseMessage>(new RateLimitException(integration, wait, "our share of the rate limit is used up"));

                left -= wait;
                await Task.Delay(wait, clock, context.CancellationToken);
            }
        }
        catch (Exception e)
        {
            return Polly.Outcome.FromException<HttpResponseMessage>(e);
        }

        return await callback(context, state);
    }
}
