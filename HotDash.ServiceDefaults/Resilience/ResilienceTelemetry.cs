using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Polly.Telemetry;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>
/// Polly's events as metrics (its own instrument names, in the meter <c>HotDash.Resilience</c>), events on the current span and
/// log lines. None carries an address or a payload.
/// </summary>
internal sealed partial class ResilienceTelemetry : TelemetryListener
{
    private readonly Counter<long> _events;
    private readonly Histogram<double> _attempts;
    private readonly Histogram<double> _calls;
    private readonly ILogger<ResilienceTelemetry> _logger;

    public ResilienceTelemetry(IMeterFactory meters, ILogger<ResilienceTelemetry> logger)
    {
        var meter = meters.Create("HotDash.Resilience");
        _events = meter.CreateCounter<long>("resilience.polly.strategy.events");
        _attempts = meter.CreateHistogram<double>("resilience.polly.strategy.attempt.duration", "ms");
        _calls = meter.CreateHistogram<double>("resilience.polly.pipeline.duration", "ms");
        _logger = logger;
    }

    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        switch (args.Arguments)
        {
            case PipelineExecutingArguments:
                break;
            case PipelineExecutedArguments call:
                Record(_calls, call.Duration, in args);
                break;
            case ExecutionAttemptArguments attempt:
                Record(_attempts, attempt.Duration, in args);
                break;
            default:
                Tell(in args);
                break;
        }
    }

    private static void Record<TResult, TArgs>(
        Histogram<double> histogram, TimeSpan duration, in TelemetryEventArguments<TResult, TArgs> args)
    {
        if (histogram.Enabled)
        {
            histogram.Record(duration.TotalMilliseconds, Tags(in args));
        }
    }

    private static TagList Tags<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        var tags = new TagList
        {
            { "pipeline.name", args.Source.PipelineName },
            { "event.name", args.Event.EventName },
            { "outcome", Describe(in args) },
        };

        if (args.Source.StrategyName is { } strategy)
        {
            tags.Add("strategy.name", strategy);
        }

        return tags;
    }

    private static string Describe<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args) => args.Outcome switch
    {
        { Exception: { } e } => e.GetType().Name,
        { Result: HttpResponseMessage response } => ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture),
        _ => "none",
    };

    private void Tell<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        var tags = Tags(in args);
        _events.Add(1, tags);

        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.AddEvent(new(args.Event.EventName, tags: [.. tags]));
        }

        if (args.Event.Severity >= ResilienceEventSeverity.Warning)
        {
            LogEvent(args.Event.EventName, args.Source.PipelineName, args.Source.StrategyName, Describe(in args));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Event} in {Pipeline}/{Strategy} after {Outcome}.")]
    private partial void LogEvent(string @event, string? pipeline, string? strategy, string outcome);
}
