using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HotDash.TestKit;

/// <summary>Everything that this process puts into spans and metrics while it lives, as text.</summary>
public sealed class TelemetrySink : IDisposable
{
    private readonly ConcurrentQueue<string> _spans = new();
    private readonly ConcurrentQueue<string> _metrics = new();
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();

    public TelemetrySink()
    {
        _activities = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => _spans.Enqueue(
                $"{span.Source.Name} {span.DisplayName} {span.StatusDescription} {Join(span.TagObjects)} {Join(span.Baggage)} {string.Join(' ', span.Events.Select(e => $"{e.Name} {Join(e.Tags)}"))}"),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        _meters.SetMeasurementEventCallback<double>(Keep);
        _meters.SetMeasurementEventCallback<long>(Keep);
        _meters.SetMeasurementEventCallback<int>(Keep);
        _meters.Start();
    }

    public string Spans => string.Join('\n', _spans);

    public string Metrics => string.Join('\n', _metrics);

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    private void Keep<T>(Instrument instrument, T measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _metrics.Enqueue($"{instrument.Name} {instrument.Description} {Join(tags.ToArray())}");

    private static string Join<T>(IEnumerable<KeyValuePair<string, T>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
