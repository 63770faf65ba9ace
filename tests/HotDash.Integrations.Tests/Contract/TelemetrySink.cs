using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HotDash.Integrations.Tests.Contract;

/// <summary>Everything that this process puts into spans and metrics while it lives, as text.</summary>
internal sealed class TelemetrySink : IDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ActivityListener spans;
    private readonly MeterListener meters = new();

    public TelemetrySink()
    {
        spans = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => lines.Enqueue(
                $"{span.Source.Name} {span.DisplayName} {span.StatusDescription} {Join(span.TagObjects)} {Join(span.Baggage)} {string.Join(' ', span.Events.Select(e => $"{e.Name} {Join(e.Tags)}"))}"),
        };
        ActivitySource.AddActivityListener(spans);
        meters.InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => lines.Enqueue($"{instrument.Name} {Join(tags.ToArray())}"));
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => lines.Enqueue($"{instrument.Name} {Join(tags.ToArray())}"));
        meters.Start();
    }

    public string Text => string.Join('\n', lines);

    public void Dispose()
    {
        spans.Dispose();
        meters.Dispose();
    }

    private static string Join<T>(IEnumerable<KeyValuePair<string, T>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
