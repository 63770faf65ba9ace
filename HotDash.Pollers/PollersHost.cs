using HotDash.ControlPlane;
using HotDash.Pollers.Jobs;

namespace HotDash.Pollers;

/// <summary>What the pollers are made of.</summary>
public static class PollersHost
{
    public static WebApplicationBuilder AddHotDashPollers(this WebApplicationBuilder builder)
    {
        builder.AddControlPlane();
        builder.Services.AddJobs();

        return builder;
    }

    public static WebApplication UseHotDashPollers(this WebApplication app) => app;
}
