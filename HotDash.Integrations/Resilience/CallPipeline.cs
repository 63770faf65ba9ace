using Polly;

namespace HotDash.Integrations;

/// <summary>The layers around every call of one integration, for as long as the process lives: handlers come and go, a breaker must not.</summary>
internal sealed class CallPipeline
{
    private readonly ResiliencePipeline<HttpResponseMessage> _several;
    private readonly ResiliencePipeline<HttpResponseMessage> _once;
    private readonly ResiliencePipeline<HttpResponseMessage> _forHealth;
    private readonly Attempts _attempts;
    private readonly Breaker _breaker;

    public CallPipeline(IntegrationOptions options, Breaker breaker, ITokenBudget budget, CallTelemetry telemetry, TimeProvider clock)
    {
        (_breaker, _attempts) = (breaker, options.Attempts);
        var (key, resilience) = (options.Key, options.Resilience);
        var breaking = new BreakerStrategy(breaker);
        var limit = new FleetLimitStrategy(key, budget, TimeSpan.Zero, clock);
        var waiting = new FleetLimitStrategy(key, budget, resilience.Timeouts.Attempt / 2, clock);
        var retry = new RetryStrategy(key, resilience, new(resilience.RetryBudget, clock), breaker, telemetry, clock);

        _several = Builder(clock).AddTimeout(resilience.Timeouts.Total).Add(retry).Add(breaking).Add(limit).AddTimeout(resilience.Timeouts.Attempt).Build();

        // One attempt ends by its own time-out, the wait for its token included: a job counts on that.
        _once = Builder(clock).Add(breaking).AddTimeout(resilience.Timeouts.Attempt).Add(waiting).Build();
        _forHealth = Builder(clock).AddTimeout(resilience.Timeouts.Attempt).Add(waiting).Build();
    }

    /// <summary>An open breaker costs nothing: no timer is started for a call that will not be made.</summary>
    public ValueTask<Outcome<HttpResponseMessage>> ExecuteAsync<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> attempt, ResilienceContext context, ProviderRequest call, TState state)
    {
        if (!call.ForHealth && _breaker.RefusesFor is not null)
            return new(BreakerStrategy.Refused);

        context.Begin(call);
        return LayersOf(call).ExecuteOutcomeAsync(attempt, context, state);
    }

    private ResiliencePipeline<HttpResponseMessage> LayersOf(ProviderRequest call) => call switch
    {
        { ForHealth: true } => _forHealth,
        { IsNextPage: false } when _attempts is Attempts.One => _once,
        _ => _several,
    };

    private static ResiliencePipelineBuilder<HttpResponseMessage> Builder(TimeProvider clock) => new() { TimeProvider = clock };
}

internal static class StrategyRegistration
{
    public static ResiliencePipelineBuilder<HttpResponseMessage> Add(
        this ResiliencePipelineBuilder<HttpResponseMessage> builder, ResilienceStrategy<HttpResponseMessage> strategy) =>
        builder.AddStrategy(_ => strategy, new NoOptions());

    private sealed class NoOptions : ResilienceStrategyOptions;
}
