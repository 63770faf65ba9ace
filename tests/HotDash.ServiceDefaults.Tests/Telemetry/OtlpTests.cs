using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace HotDash.ServiceDefaults.Tests.Telemetry;

public sealed class OtlpTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_metrics_and_logs_reach_the_collector_that_the_environment_names_before_the_host_has_stopped()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var app = await ObservedApp.StartAsync(
            Patiently,
            a => a.MapGet("/parcels", (ILogger<OtlpTests> log) => log.LogInformation("Weighed a parcel")),
            [.. SendTo(collector), ("OTEL_EXPORTER_OTLP_HEADERS", "x-otlp-api-key=4711"), ("OTEL_SERVICE_NAME", "depot")]);

        await app.Client.GetAsync("/parcels", Ct);
        await app.StopAsync();

        Assert.All(collector.Received, call => Assert.Equal("4711", call.Key));
        Assert.All(collector.Received, call => Assert.Contains("depot", call.Body, StringComparison.Ordinal));
        AssertReceived(collector, "/v1/traces", "GET /parcels");
        AssertReceived(collector, "/v1/metrics", "http.server.request.duration");
        AssertReceived(collector, "/v1/logs", "Weighed a parcel");
    }

    [Fact]
    public async Task A_worker_without_a_web_server_sends_its_spans_too()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        var builder = Worker.Create(SendTo(collector));
        Patiently(builder);
        using var source = new System.Diagnostics.ActivitySource("HotDash.Worker");

        using (var host = builder.Build())
        {
            await host.StartAsync(Ct);
            source.StartActivity("count parcels")?.Dispose();
            await host.StopAsync(Ct);
        }

        AssertReceived(collector, "/v1/traces", "count parcels");
    }

    [Fact]
    public async Task A_collector_that_never_answers_does_not_keep_the_host_from_stopping()
    {
        await using var collector = await OtlpReceiver.StartAsync(answer: ct => Task.Delay(Timeout.InfiniteTimeSpan, ct));
        var app = await ObservedApp.StartAsync(map: a => a.MapGet("/parcels", () => "none"), settings: SendTo(collector));

        await app.Client.GetAsync("/parcels", Ct);
        await app.StopAsync();

        // What is still under way when the host has stopped is given up, not waited for again.
        var tracing = app.Services.GetRequiredService<TracerProvider>();
        Assert.False(tracing.Shutdown());
        await app.DisposeAsync();
    }

    // A machine under load may need more than the second that a real host gives its last telemetry.
    private static void Patiently(IHostApplicationBuilder builder) =>
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));

    private static (string, string)[] SendTo(OtlpReceiver collector) =>
        [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];

    private static void AssertReceived(OtlpReceiver collector, string path, string text) => Assert.Contains(
        collector.Received, call => call.Path == path && call.Body.Contains(text, StringComparison.Ordinal));
}
