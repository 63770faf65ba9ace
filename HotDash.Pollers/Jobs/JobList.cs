namespace HotDash.Pollers.Jobs;

/// <summary>Everything that runs in the background, and how often.</summary>
internal static class JobList
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services;
}
