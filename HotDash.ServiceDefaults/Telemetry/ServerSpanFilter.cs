using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace HotDash.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the server span with what is known only at its end: route, name, status, error. ASP.NET Core 10 sets the
/// beginning alone (https://github.com/dotnet/aspnetcore/pull/64851 adds the end in .NET 11).
/// </summary>
internal sealed class ServerSpanFilter : IStartupFilter
{
    private static readonly ActivitySource Errors = new("HotDash.Server");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(TraceAsync);
        next(app);
    };

    private static async Task TraceAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception e)
        {
            End(http, e, StatusOf(http, e), isCutOff: http.Response.HasStarted);
            throw;
        }

        // What an exception handler answered is judged by its status: a refused request is no error, and the refusal's words may be the caller's.
        End(http, http.Features.Get<IExceptionHandlerFeature>()?.Error, http.Response.StatusCode, isCutOff: false);
    }

    private static int StatusOf(HttpContext http, Exception e) => e switch
    {
        _ when http.Response.HasStarted => http.Response.StatusCode,
        BadHttpRequestException bad => bad.StatusCode,
        _ when http.RequestAborted.IsCancellationRequested => StatusCodes.Status499ClientClosedRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static void End(HttpContext http, Exception? error, int status, bool isCutOff)
    {
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is not { } span)
        {
            return;
        }

        var failed = status >= StatusCodes.Status500InternalServerError || isCutOff;

        if (span.IsAllDataRequested)
        {
            Describe(span, http, failed ? error : null, status, failed);
        }
        else if (failed)
        {
            KeepFailure(span, http, error, status);
        }
    }

    /// <summary>The request was not sampled, but it failed: leave one span of it, so that an error is visible at any ratio.</summary>
    private static void KeepFailure(Activity unsampled, HttpContext http, Exception? error, int status)
    {
        var parent = new ActivityContext(unsampled.TraceId, unsampled.SpanId, ActivityTraceFlags.Recorded);
        KeyValuePair<string, object?>[] born = [new("error.type", ErrorType(error, status))];

        using var span = Errors.StartActivity(unsampled.DisplayName, ActivityKind.Server, parent, born, startTime: new DateTimeOffset(unsampled.StartTimeUtc));

        if (span is not null)
        {
            span.SetTag("http.request.method", http.Request.Method).SetTag("url.scheme", http.Request.Scheme).SetTag("url.path", http.Request.Path.Value);
            Describe(span, http, error, status, failed: true);
        }
    }

    private static void Describe(Activity span, HttpContext http, Exception? error, int status, bool failed)
    {
        var endpoint = http.GetEndpoint() ?? http.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;

        span.DisplayName = route is null ? http.Request.Method : $"{http.Request.Method} {route}";
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", status);
        span.SetTag("network.protocol.version", http.Request.Protocol[(http.Request.Protocol.IndexOf('/', StringComparison.Ordinal) + 1)..]);

        if (failed)
        {
            span.SetStatus(ActivityStatusCode.Error);
            span.SetTag("error.type", ErrorType(error, status));
        }

        if (error is not null)
        {
            span.AddException(error);
        }
    }

    private static string ErrorType(Exception? error, int status) =>
        error?.GetType().FullName ?? status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
