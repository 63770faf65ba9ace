using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace HotDash.ServiceDefaults.Tests.Resilience;

public sealed class ResilienceTelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_retry_is_counted_and_each_attempt_and_the_call_are_timed()
    {
        using var wire = Replies.Of(HttpStatusCode.BadGateway, HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero);
        using var measured = new Measurements(clients.Services.GetRequiredService<IMeterFactory>());

        await clients.Create().GetAsync("/secret-path", Ct);

        Assert.Equal(
            [
                "resilience.polly.strategy.attempt.duration ExecutionAttempt 502",
                "resilience.polly.strategy.events OnRetry 502",
                "resilience.polly.strategy.attempt.duration ExecutionAttempt 200",
                "resilience.polly.pipeline.duration PipelineExecuted 200",
            ],
            measured.Seen);
    }

    [Fact]
    public async Task A_retry_stands_in_the_callers_span_and_in_the_log()
    {
        using var wire = Replies.Of(HttpStatusCode.BadGateway, HttpStatusCode.OK);
        await using var app = await ObservedApp.StartAsync(
            builder =>
            {
                builder.Services.ConfigureAll<HttpStandardResilienceOptions>(options => options.Retry.Delay = TimeSpan.Zero);
                builder.Services.AddHttpClient("parcels").ConfigurePrimaryHttpMessageHandler(() => wire);
            },
            a => a.MapGet("/", async (IHttpClientFactory http) => (int)(await http.CreateClient("parcels").GetAsync("http://depot", Ct)).StatusCode));

        await app.Client.GetAsync("/", Ct);

        var retry = Assert.Single(Assert.Single(await app.ServerSpansAsync()).Events);
        Assert.Equal("OnRetry", retry.Name);
        Assert.Contains(retry.Tags, tag => tag is { Key: "outcome", Value: "502" });
        Assert.Contains(app.Logs, log => log.Message == "OnRetry in parcels-standard/Standard-Retry after 502.");
    }

    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();

        public Measurements(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "HotDash.Resilience" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
            _listener.Start();
        }

        public List<string> Seen { get; } = [];

        public void Dispose() => _listener.Dispose();

        private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary(StringComparer.Ordinal);
            Assert.Equal("parcels-standard", all["pipeline.name"]);
            Seen.Add($"{instrument.Name} {all["event.name"]} {all["outcome"]}");
        }
    }
}
