using System.Diagnostics;
using System.Net;
using HotDash.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry.Metrics;

namespace HotDash.ServiceDefaults.Tests.Npgsql;

public sealed class NpgsqlTelemetryTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_leaves_a_span_with_its_text_and_none_of_its_values()
    {
        await using var app = await StartAsync();

        await app.Client.GetAsync("/", Ct);
        await app.StopAsync();

        var span = Assert.Single(app.Spans, s => s.DisplayName == "SELECT");
        Assert.Equal("select $1::text", span.GetTagItem("db.query.text"));
        Assert.Equal(Assert.Single(app.Spans, s => s.Kind == ActivityKind.Server).SpanId, span.ParentSpanId);
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_statement_outside_any_request_or_job_leaves_no_span()
    {
        await using var app = await StartAsync();

        await QueryAsync(app.Services.GetRequiredService<NpgsqlDataSource>());

        Assert.DoesNotContain(app.Spans, span => span.DisplayName == "SELECT");
    }

    [Fact]
    public async Task Metrics_name_the_connection_and_not_who_connects_where()
    {
        var kept = new MetricKeeper();
        using var reader = new BaseExportingMetricReader(kept);
        await using var app = await StartAsync(
            builder => builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddReader(reader)));

        await app.Client.GetAsync("/", Ct);
        await app.StopAsync();

        Assert.Contains("db.client.operation.duration", kept.Names);
        Assert.Contains("hotdash", kept.Tags("db.client.connection.count"));
        var database = new NpgsqlConnectionStringBuilder(app.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString).Database!;
        Assert.DoesNotContain(kept.AllTags, tag => tag.Contains($"Database={database}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_component_told_to_be_silent_leaves_neither()
    {
        var kept = new MetricKeeper();
        using var reader = new BaseExportingMetricReader(kept);
        await using var app = await StartAsync(
            builder => builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddReader(reader)),
            ("Aspire:Npgsql:hotdash:DisableTracing", "true"),
            ("Aspire:Npgsql:DisableMetrics", "true"));

        await app.Client.GetAsync("/", Ct);
        await app.StopAsync();

        Assert.DoesNotContain(app.Spans, span => span.Source.Name == "Npgsql");
        Assert.DoesNotContain(kept.Names, name => name.StartsWith("db.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_answers_makes_its_host_healthy_and_its_probes_leave_no_spans()
    {
        await using var app = await StartAsync(settings: ("OTEL_TRACES_SAMPLER", "always_on"));

        using var health = await app.Client.GetAsync("/health", Ct);
        await app.StopAsync();

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Empty(app.Spans);
    }

    private async Task<ObservedApp> StartAsync(Action<WebApplicationBuilder>? configure = null, params (string, string)[] settings)
    {
        var connectionString = await postgres.CreateDatabaseAsync(Ct);

        return await ObservedApp.StartAsync(
            builder =>
            {
                builder.AddNpgsqlDataSource("hotdash");
                configure?.Invoke(builder);
            },
            app => app.MapGet("/", QueryAsync),
            [("ConnectionStrings:hotdash", connectionString), .. settings]);
    }

    private static async Task<string?> QueryAsync(NpgsqlDataSource store)
    {
        await using var command = store.CreateCommand("select $1::text");
        command.Parameters.AddWithValue("hidden");

        return (string?)await command.ExecuteScalarAsync(Ct);
    }
}
