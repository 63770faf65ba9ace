using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace HotDash.ServiceDefaults.Tests;

/// <summary>A real host on a free port whose spans and logs are kept instead of sent.</summary>
internal sealed class ObservedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ObservedApp(WebApplication app) => _app = app;

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<(string? Message, string Scopes)> Logs { get; } = new();

    public IServiceProvider Services => _app.Services;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Has no spans of its own and sends no trace context, as a stranger's client.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { ActivityHeadersPropagator = null });

    public static async Task<ObservedApp> StartAsync(
        Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? map = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddSettings(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        configure?.Invoke(builder);

        ObservedApp? observed = null;
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(_ => new SpanKeeper(() => observed!.Spans)));
        builder.Services.ConfigureOpenTelemetryLoggerProvider(logging => logging.AddProcessor(_ => new LogKeeper(() => observed!.Logs)));

        var app = builder.Build();
        observed = new(app);
        app.MapDefaultEndpoints();
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        observed.Client.BaseAddress = observed.Address;

        return observed;
    }

    /// <summary>The server spans so far. A span ends after its response has been read, so the host is stopped first.</summary>
    public async Task<IReadOnlyList<Activity>> ServerSpansAsync()
    {
        await _app.StopAsync(TestContext.Current.CancellationToken);

        return [.. Spans.Where(span => span.Kind == ActivityKind.Server)];
    }

    public async Task StopAsync() => await _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class SpanKeeper(Func<ConcurrentQueue<Activity>> kept) : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.Recorded)
            {
                kept().Enqueue(data);
            }
        }
    }

    private sealed class LogKeeper(Func<ConcurrentQueue<(string?, string)>> kept) : BaseProcessor<LogRecord>
    {
        public override void OnEnd(LogRecord data)
        {
            List<string> scopes = [];
            data.ForEachScope((scope, all) => all.AddRange(scope.Scope is null ? [] : [scope.Scope.ToString()!]), scopes);
            kept().Enqueue((data.FormattedMessage, string.Join(' ', scopes)));
        }
    }
}
