using System.Diagnostics;
using HotDash.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace HotDash.ServiceDefaults.Tests.Telemetry;

public sealed class SamplingTests
{
    private static readonly (string, string)[] None = [("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, SamplingDecision.RecordAndSample, SamplingDecision.Drop)]
    [InlineData("parentbased_always_on", null, SamplingDecision.RecordAndSample, SamplingDecision.Drop)]
    [InlineData("always_on", null, SamplingDecision.RecordAndSample, SamplingDecision.RecordAndSample)]
    [InlineData("always_off", null, SamplingDecision.Drop, SamplingDecision.Drop)]
    [InlineData("parentbased_always_off", null, SamplingDecision.Drop, SamplingDecision.Drop)]
    [InlineData("traceidratio", "1", SamplingDecision.RecordAndSample, SamplingDecision.RecordAndSample)]
    [InlineData("Traceidratio", "0.0", SamplingDecision.Drop, SamplingDecision.Drop)]
    [InlineData("parentbased_traceidratio", "1", SamplingDecision.RecordAndSample, SamplingDecision.Drop)]
    [InlineData("parentbased_traceidratio", null, SamplingDecision.RecordAndSample, SamplingDecision.Drop)]
    public void The_sampler_is_the_one_that_OTEL_TRACES_SAMPLER_names(
        string? name, string? ratio, SamplingDecision root, SamplingDecision belowUnsampledParent)
    {
        var sampler = ConfiguredSampler.From(Configuration(name, ratio));
        var unsampled = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None, isRemote: true);

        Assert.Equal(root, sampler.ShouldSample(new(default, ActivityTraceId.CreateRandom(), "s", ActivityKind.Internal)).Decision);
        Assert.Equal(belowUnsampledParent, sampler.ShouldSample(new(unsampled, unsampled.TraceId, "s", ActivityKind.Internal)).Decision);
    }

    [Theory]
    [InlineData("jaeger_remote", null, "OTEL_TRACES_SAMPLER is 'jaeger_remote'")]
    [InlineData("traceidratio", "5%", "OTEL_TRACES_SAMPLER_ARG is '5%'")]
    [InlineData("parentbased_traceidratio", "1.5", "OTEL_TRACES_SAMPLER_ARG is '1.5'")]
    [InlineData("traceidratio", "NaN", "OTEL_TRACES_SAMPLER_ARG is 'NaN'")]
    public void A_sampler_that_makes_no_sense_is_refused_by_its_variable(string name, string? ratio, string complaint)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => ConfiguredSampler.From(Configuration(name, ratio)));

        Assert.StartsWith(complaint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_fails_is_kept_although_its_trace_was_not_sampled()
    {
        await using var app = await ObservedApp.StartAsync(map: Map, settings: None);

        await app.Client.GetAsync("/fine", Ct);
        await app.Client.GetAsync("/boom/1", Ct);

        var span = Assert.Single(await app.ServerSpansAsync());
        Assert.Equal("GET /boom/{n}", span.DisplayName);
        Assert.Equal("/boom/1", span.GetTagItem("url.path"));
        Assert.Equal("System.IO.InvalidDataException", span.GetTagItem("error.type"));
        Assert.NotEqual(default, span.ParentSpanId);
    }

    [Theory]
    [InlineData("always_off")]
    [InlineData("parentbased_always_off")]
    public async Task Whoever_turns_tracing_off_gets_no_span_at_all(string sampler)
    {
        await using var app = await ObservedApp.StartAsync(map: Map, settings: ("OTEL_TRACES_SAMPLER", sampler));

        await app.Client.GetAsync("/boom/1", Ct);

        Assert.Empty(await app.ServerSpansAsync());
    }

    [Fact]
    public async Task Health_probes_leave_no_spans_whatever_the_sampler()
    {
        using var source = new ActivitySource("HotDash.Probe");
        await using var app = await ObservedApp.StartAsync(
            builder => builder.AddCheck("probe", () => source.StartActivity("probe")?.Dispose()),
            settings: ("OTEL_TRACES_SAMPLER", "always_on"));

        await app.Client.GetAsync("/health", Ct);
        await app.Client.GetAsync("/alive", Ct);
        await app.StopAsync();

        Assert.Empty(app.Spans);
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/fine", () => "fine");
        app.MapGet("/boom/{n}", string (int n) => throw new InvalidDataException("no milk"));
    }

    private static IConfiguration Configuration(string? name, string? ratio) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("OTEL_TRACES_SAMPLER", name), new("OTEL_TRACES_SAMPLER_ARG", ratio)])
        .Build();
}
