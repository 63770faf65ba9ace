using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace HotDash.ServiceDefaults.Telemetry;

/// <summary>
/// The sampler named by <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c>, with two rules of our own: health
/// probes are never traced, and a span that is born failed (see <see cref="ServerSpanFilter"/>) is kept at any ratio.
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/#general-sdk-configuration
/// </summary>
internal sealed class ConfiguredSampler(Sampler inner, bool keepErrors) : Sampler
{
    private const string NameVariable = "OTEL_TRACES_SAMPLER";
    private const string RatioVariable = "OTEL_TRACES_SAMPLER_ARG";

    public static ConfiguredSampler From(IConfiguration configuration)
    {
        var name = configuration[NameVariable]?.Trim().ToLowerInvariant();

        return name switch
        {
            null or "" or "parentbased_always_on" => new(new ParentBasedSampler(new AlwaysOnSampler()), keepErrors: true),
            "always_on" => new(new AlwaysOnSampler(), keepErrors: true),
            "always_off" => new(new AlwaysOffSampler(), keepErrors: false),
            "parentbased_always_off" => new(new ParentBasedSampler(new AlwaysOffSampler()), keepErrors: false),
            "traceidratio" => new(new TraceIdRatioBasedSampler(Ratio(configuration)), keepErrors: true),
            "parentbased_traceidratio" =>
                new(new ParentBasedSampler(new TraceIdRatioBasedSampler(Ratio(configuration))), keepErrors: true),
            _ => throw new InvalidOperationException(
                $"{NameVariable} is '{name}'; use always_on, always_off, traceidratio, or one of them with the prefix parentbased_."),
        };
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.Kind is ActivityKind.Server && samplingParameters.Tags is { } tags)
        {
            foreach (var (key, value) in tags)
            {
                if (key == "url.path" && value is "/health" or "/alive")
                {
                    return new(SamplingDecision.Drop);
                }

                if (key == "error.type")
                {
                    return new(keepErrors ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
                }
            }
        }

        return inner.ShouldSample(samplingParameters);
    }

    private static double Ratio(IConfiguration configuration)
    {
        var text = configuration[RatioVariable];

        if (string.IsNullOrWhiteSpace(text))
        {
            return 1;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? ratio
            : throw new InvalidOperationException($"{RatioVariable} is '{text}'; it must be a number from 0 to 1, such as 0.05.");
    }
}
