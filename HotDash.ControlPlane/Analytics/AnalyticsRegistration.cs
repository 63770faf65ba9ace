using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Snapshots;
using HotDash.Integrations.SearchConsole;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Analytics;

public static class AnalyticsRegistration
{
    /// <summary>Needs <c>AddControlPlane</c>, <c>AddGoogleAnalytics</c>, <c>AddSearchConsole</c> and <c>AddPlausible</c>.</summary>
    public static void AddAnalytics(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTransient<TrafficMeters>();
        builder.Services.AddTransient(services => new AnalyticsReads(
            services.GetRequiredService<TrafficMeters>(),
            services.GetRequiredService<SearchConsoleClient>(),
            services.GetRequiredService<SearchConsoleOptions>(),
            services.GetRequiredService<ReadChain>()));
        builder.Services.AddTransient(services => new AnalyticsSnapshots(
            services.GetRequiredService<TrafficMeters>(),
            services.GetRequiredService<SearchConsoleClient>(),
            services.GetRequiredService<SearchConsoleOptions>(),
            services.GetRequiredService<SnapshotStore>(),
            services.GetRequiredService<TimeProvider>()));
    }
}
