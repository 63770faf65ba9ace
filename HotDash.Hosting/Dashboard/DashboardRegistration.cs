using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

internal static class DashboardRegistration
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services
        .AddSingleton<DashboardHost>()
        .AddSingleton<DashboardOptions>()
        .AddSingleton<DashboardService>()
        .AddSingleton<ResourceServer>();
}
