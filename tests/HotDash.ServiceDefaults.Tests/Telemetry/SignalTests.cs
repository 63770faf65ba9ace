using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace HotDash.ServiceDefaults.Tests.Telemetry;

public sealed class SignalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_span_names_the_address_and_hides_the_query()
    {
        await using var app = await ObservedApp.StartAsync(map: a => a.MapGet("/search", () => "found"));
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();

        await client.GetAsync(new Uri(app.Address, "/search?api_key=hidden"), Ct);
        await app.StopAsync();

        var span = Assert.Single(app.Spans, span => span.Kind == ActivityKind.Client);
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.EndsWith("/search?*", (string)span.GetTagItem("url.full")!, StringComparison.Ordinal);
        Assert.Equal(span.TraceId, Assert.Single(app.Spans, s => s.Kind == ActivityKind.Server).TraceId);
    }

    [Fact]
    public async Task A_log_line_arrives_with_its_text_and_its_scope()
    {
        await using var app = await ObservedApp.StartAsync();
        var logger = app.Services.GetRequiredService<ILogger<SignalTests>>();

        using (logger.BeginScope("integration publer"))
        {
            logger.LogInformation("Sent {Posts} posts", 3);
        }

        Assert.Contains(app.Logs, log => log is { Message: "Sent 3 posts" } && log.Scopes.Contains("integration publer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_of_the_runtime_the_server_the_clients_and_HotDash_are_collected_and_probes_are_not()
    {
        var kept = new MetricKeeper();
        using var meter = new Meter("HotDash.Tests");
        using var reader = new BaseExportingMetricReader(kept);
        await using var app = await ObservedApp.StartAsync(
            builder => builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddReader(reader)),
            a => a.MapGet("/", () => "hello"));
        meter.CreateCounter<int>("hotdash.tests").Add(1);

        await app.Services.GetRequiredService<IHttpClientFactory>().CreateClient().GetAsync(app.Address, Ct);
        await app.Client.GetAsync("/health", Ct);
        await app.StopAsync();

        Assert.Contains("hotdash.tests", kept.Names);
        Assert.Contains("dotnet.gc.collections", kept.Names);
        Assert.Contains("kestrel.connection.duration", kept.Names);
        Assert.Contains("http.client.request.duration", kept.Names);
        Assert.Equal(1, kept.Count("http.server.request.duration"));
    }
}
