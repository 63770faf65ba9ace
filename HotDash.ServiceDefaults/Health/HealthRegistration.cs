using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.ServiceDefaults.Health;

internal static class HealthRegistration
{
    private const string Live = "live";

    public static void AddDefaultHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        services.PostConfigure<HealthCheckServiceOptions>(BoundedHealthCheck.BoundAll);
    }

    public static void MapDefaultHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health").AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/alive", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) })
           .AllowAnonymous().DisableHttpMetrics();
    }
}
