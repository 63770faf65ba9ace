using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.ServiceDefaults.Health;

internal static class HealthRegistration
{
    private const string Live = "live";

    public static void AddDefaultHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        services.AddSingleton<HealthChanges>();
        services.PostConfigure<HealthCheckServiceOptions>(BoundedHealthCheck.BoundAll);
    }

    public static void MapDefaultHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = SayAsync }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) })
           .AllowAnonymous().DisableHttpMetrics();
    }

    /// <summary>One word; then what is wrong, a line each, but for the words of exceptions: they may hold anything.</summary>
    private static Task SayAsync(HttpContext http, HealthReport report)
    {
        http.RequestServices.GetRequiredService<HealthChanges>().Note(report);

        http.Response.ContentType = "text/plain";
        var wrong = report.Entries.Values.Where(check => check is { Status: not HealthStatus.Healthy, Exception: null }).Select(check => check.Description).OfType<string>();
        return http.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. wrong]), http.RequestAborted);
    }
}
