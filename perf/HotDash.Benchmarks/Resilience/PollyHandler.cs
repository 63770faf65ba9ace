using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Telemetry;
using Polly.Timeout;

namespace HotDash.Benchmarks.Resilience;

/// <summary>What we compare with: Polly's own five strategies in the usual order, with the two histograms that our layers record.</summary>
internal sealed class PollyHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _layers;

    public PollyHandler(Meter meter, HttpMessageHandler wire)
        : base(wire)
    {
        var limiter = new ConcurrencyLimiter(new() { PermitLimit = 1000 });
        _layers = new ResiliencePipelineBuilder<HttpResponseMessage> { Name = "polly", TelemetryListener = new Histograms(meter) }
            .AddStrategy(_ => new RateLimit(limiter), new NoOptions())
            .AddTimeout(TimeSpan.FromSeconds(30))
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome)),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                MaxRetryAttempts = 2,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome)),
            })
            .AddTimeout(TimeSpan.FromSeconds(10))
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var outcome = await _layers.ExecuteOutcomeAsync(AttemptAsync, context, (Handler: this, Request: request));
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<Outcome<HttpResponseMessage>> AttemptAsync(
        ResilienceContext context, (PollyHandler Handler, HttpRequestMessage Request) state)
    {
        try
        {
            return Outcome.FromResult(await state.Handler.ForwardAsync(state.Request, context.CancellationToken));
        }
        catch (Exception e)
        {
            return Outcome.FromException<HttpResponseMessage>(e);
        }
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or TimeoutRejectedException || (int?)outcome.Result?.StatusCode is >= 500 or 408 or 429;

    private Task<HttpResponseMessage> ForwardAsync(HttpRequestMessage request, CancellationToken ct) => base.SendAsync(request, ct);

    private sealed class NoOptions : ResilienceStrategyOptions;

    /// <summary>Polly.RateLimiting's strategy.</summary>
    private sealed class RateLimit(RateLimiter limiter) : ResilienceStrategy<HttpResponseMessage>
    {
        protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
            Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
        {
            using var permit = await limiter.AcquireAsync(1, context.CancellationToken);

            return permit.IsAcquired ? await callback(context, state) : Outcome.FromException<HttpResponseMessage>(new RateLimiterRejectedException("full"));
        }
    }

    private sealed class Histograms(Meter meter) : TelemetryListener
    {
        private readonly Histogram<double> _calls = meter.CreateHistogram<double>("polly.call.duration", "s");
        private readonly Histogram<double> _attempts = meter.CreateHistogram<double>("polly.attempt.duration", "s");

        public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
        {
            if (args.Arguments is PipelineExecutedArguments call)
                Record(_calls, call.Duration, in args);
            else if (args.Arguments is ExecutionAttemptArguments attempt)
                Record(_attempts, attempt.Duration, in args);
        }

        private static void Record<TResult, TArgs>(Histogram<double> histogram, TimeSpan duration, in TelemetryEventArguments<TResult, TArgs> args) =>
            histogram.Record(duration.TotalSeconds, new("pipeline.name", args.Source.PipelineName), new KeyValuePair<string, object?>("outcome", Name(in args)));

        private static string? Name<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args) =>
            args.Outcome is { Result: HttpResponseMessage reply } ? ((int)reply.StatusCode).ToString(CultureInfo.InvariantCulture) : "none";
    }
}
