using Polly;

namespace HotDash.Integrations;

/// <summary>The layers around every call of one integration, for as long as the process lives: handlers come and go, a breaker must not.</summary>
internal sealed class CallPipeline
{
    private readonly ResiliencePipeline<HttpResponseMessage> layers;
    private readonly ResiliencePipeline<HttpResponseMessage> layersForHealth;
    private readonly Breaker breaker;

    public CallPipeline(IntegrationOptions options, Breaker breaker, ITokenBudget budget, CallTelemetry telemetry, TimeProvider clock)
    {
        this.breaker = breaker;
        layers = Build(new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }, options, budget, telemetry, clock);
        layersForHealth = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddTimeout(options.AttemptTimeout).Add(new FleetLimitStrategy(options.Key, budget)).Build();
    }

    /// <summary>An open breaker costs nothing: no timer is started for a call that will not be made.</summary>
    public ValueTask<Outcome<HttpResponseMessage>> ExecuteAsync<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> attempt, ResilienceContext context, TState state) =>
        context.Call().ForHealth ? layersForHealth.ExecuteOutcomeAsync(attempt, context, state)
        : breaker.RefusesFor is null ? layers.ExecuteOutcomeAsync(attempt, context, state)
        : new(BreakerStrategy.Refused);

    private ResiliencePipeline<HttpResponseMessage> Build(
        ResiliencePipelineBuilder<HttpResponseMessage> builder, IntegrationOptions options, ITokenBudget budget, CallTelemetry telemetry,
        TimeProvider clock)
    {
        var (key, resilience) = (options.Key, options.Resilience);
        var breaking = new BreakerStrategy(breaker);
        var limit = new FleetLimitStrategy(key, budget);

        // One attempt ends by its own time-out, the wait for its token included: a job counts on that.
        if (options.Attempts is Attempts.One)
            return builder.Add(breaking).AddTimeout(resilience.Timeouts.Attempt).Add(limit).Build();

        var retries = new RetryBudget(resilience.RetryBudget, clock);
        return builder
            .AddTimeout(resilience.Timeouts.Total)
            .Add(new RetryStrategy(key, resilience, retries, breaker, telemetry, clock))
            .Add(breaking)
            .Add(limit)
            .AddTimeout(resilience.Timeouts.Attempt)
            .Build();
    }
}

internal static class StrategyRegistration
{
    public static ResiliencePipelineBuilder<HttpResponseMessage> Add(
        this ResiliencePipelineBuilder<HttpResponseMessage> builder, ResilienceStrategy<HttpResponseMessage> strategy) =>
        builder.AddStrategy(_ => strategy, new NoOptions());

    private sealed class NoOptions : ResilienceStrategyOptions;
}
