using HotDash.Pollers.Jobs.Maintenance;

namespace HotDash.Pollers.Jobs;

/// <summary>Everything that runs in the background, and how often.</summary>
internal static class JobList
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddRecurringJob<PruneDeadJobs>("jobs.prune-dead", every: TimeSpan.FromHours(1), timeout: TimeSpan.FromMinutes(5));
}
