using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Snapshots;
using HotDash.Integrations;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.Integrations.Plausible;
using HotDash.Integrations.SearchConsole;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Analytics;

public static class AnalyticsRegistration
{
    /// <summary>The feature and its three integrations. Needs <c>AddControlPlane</c>.</summary>
    public static void AddAnalytics(this IHostApplicationBuilder builder, Attempts attempts = Attempts.Several)
    {
        builder.Services.AddGoogleAnalytics(attempts);
        builder.Services.AddSearchConsole(attempts);
        builder.Services.AddPlausible(attempts);
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
