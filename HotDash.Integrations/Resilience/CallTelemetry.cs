using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

using Microsoft.Extensions.Logging;

using Polly;

namespace HotDash.Integrations;

/// <summary>What calls leave behind: metrics, a span for each call with its repetitions as events, log lines. No address, no payload, no key.</summary>
internal sealed partial class CallTelemetry
{
    private static readonly ActivitySource Source = new("HotDash.Integrations");

    private readonly Histogram<double> _calls;
    private readonly Histogram<double> _attempts;
    private readonly Counter<long> _repeats;
    private readonly Counter<long> _changes;
    private readonly ILogger<CallTelemetry> _logger;

    public CallTelemetry(IBreakers breakers, IMeterFactory meters, ILogger<CallTelemetry> logger)
    {
        var meter = meters.Create("HotDash.Integrations");
        _calls = meter.CreateHistogram<double>("hotdash.integration.call.duration", "s", "Whole calls: attempts and the waits between them.");
        _attempts = meter.CreateHistogram<double>("hotdash.integration.attempt.duration", "s", "Single attempts, until the body is read.");
        _repeats = meter.CreateCounter<long>("hotdash.integration.repeats", description: "Attempts that were followed by another one.");
        _changes = meter.CreateCounter<long>("hotdash.integration.breaker.changes", description: "Changes of circuit breakers, by new state.");
        _logger = logger;
        breakers.Subscribe(Changed);
    }

    public static Activity? Start(string integration, string operation)
    {
        if (!Source.HasListeners())
            return null;

        return Source.StartActivity($"{integration} {operation}", ActivityKind.Internal)
            ?.SetTag("hotdash.integration", integration).SetTag("hotdash.operation", operation);
    }

    public void Called(in Outcome outcome, Activity? span)
    {
        var code = outcome.Kind.Code();
        _calls.Record(
            outcome.Duration.TotalSeconds, new("hotdash.integration", outcome.Integration), new("hotdash.operation", outcome.Operation),
            new("hotdash.source", outcome.Source), new("hotdash.outcome", code));
        span?.SetTag("hotdash.outcome", code).SetTag("feature_flag.key", outcome.Flag).SetTag("feature_flag.result.variant", outcome.Variant);
        if (outcome.Kind is not OutcomeKind.Ok)
            span?.SetStatus(ActivityStatusCode.Error, code);
    }

    public void Attempted(string integration, int status, Exception? failure, TimeSpan duration)
    {
        if (_attempts.Enabled)
            _attempts.Record(duration.TotalSeconds, new("hotdash.integration", integration), new KeyValuePair<string, object?>("hotdash.reply", Name(status, failure)));
    }

    public void Repeats(string integration, ProviderRequest call, Outcome<HttpResponseMessage> outcome, TimeSpan wait)
    {
        var reply = Name(outcome.Exception is null ? call.ReplyStatus : 0, outcome.Exception);
        _repeats.Add(1, new("hotdash.integration", integration), new("hotdash.operation", call.Operation.Name), new("hotdash.reply", reply));
        Activity.Current?.AddEvent(new("repeat", tags: new() { ["hotdash.reply"] = reply, ["hotdash.attempt"] = call.Attempts, ["hotdash.wait"] = wait.TotalSeconds }));
        LogRepeat(integration, call.Operation.Name, call.Attempts, reply, wait.TotalSeconds);
    }

    private void Changed(BreakerChange change)
    {
        _changes.Add(1, new("hotdash.integration", change.Integration), new KeyValuePair<string, object?>("hotdash.state", change.To));
        LogChange(change.Integration, change.From, change.To);
    }

    private static string Name(int status, Exception? failure) => failure switch
    {
        null => status.ToString(CultureInfo.InvariantCulture),
        IntegrationException ours => ours.Code,
        _ => failure.GetType().Name,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Integration} {Operation}: attempt {Attempt} ended with {Reply}; again in {Wait:0.###} s.")]
    private partial void LogRepeat(string integration, string operation, int attempt, string reply, double wait);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The circuit breaker of {Integration} was {From} and is {To} now.")]
    private partial void LogChange(string integration, BreakerState from, BreakerState to);
}
