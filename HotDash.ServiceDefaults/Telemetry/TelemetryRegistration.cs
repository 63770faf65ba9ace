using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HotDash.ServiceDefaults.Telemetry;

internal static class TelemetryRegistration
{
    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Server.Kestrel",
        "System.Net.Http", "System.Net.NameResolution", "System.Runtime", "HotDash.*",
    ];

    private static readonly string[] Endpoints =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // ASP.NET Core reads the switch when its host is built; without it the server span has no tags at all.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddHostedService<TelemetryLifetime>();
        builder.Services.AddSingleton<IStartupFilter, ServerSpanFilter>();

        var telemetry = new OpenTelemetryBuilder(builder.Services);
        telemetry.ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName).AddEnvironmentVariableDetector());
        telemetry.WithTracing(tracing => tracing
            .SetSampler(ConfiguredSampler.From(builder.Configuration))
            .AddSource(builder.Environment.ApplicationName, "Microsoft.AspNetCore", "System.Net.Http", "HotDash.*"));
        telemetry.WithMetrics(metrics => metrics.AddMeter(Meters));
        telemetry.WithLogging(_ => { }, logging => (logging.IncludeFormattedMessage, logging.IncludeScopes) = (true, true));

        if (Endpoints.Any(name => !string.IsNullOrWhiteSpace(builder.Configuration[name])))
        {
            telemetry.UseOtlpExporter();
        }
    }
}
