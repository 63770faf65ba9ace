using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.ServiceDefaults.Tests;

internal static class Checks
{
    public static void AddCheck(this WebApplicationBuilder builder, string name, Action check) =>
        builder.AddCheck(name, _ =>
        {
            check();
            return Task.FromResult(HealthCheckResult.Healthy());
        });

    public static void AddCheck(this WebApplicationBuilder builder, string name, Func<CancellationToken, Task<HealthCheckResult>> check) =>
        builder.Services.AddHealthChecks().AddAsyncCheck(name, check);
}
