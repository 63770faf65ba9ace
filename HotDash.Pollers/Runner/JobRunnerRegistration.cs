using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HotDash.Pollers.Runner;

/// <summary>What runs the jobs of the list.</summary>
public static class JobRunnerRegistration
{
    /// <summary>The host's shutdown: 0.75 s to drain, 0.75 s to give up, then the telemetry that is left.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddJobRunner(this IServiceCollection services)
    {
        services.AddOptions<JobRunnerOptions>().BindConfiguration("Jobs").ValidateDataAnnotations().ValidateOnStart();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        services.TryAddSingleton(new Backoff(Random.Shared.NextDouble));
        services.AddSingleton<JobRegistry>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<RunningJobs>();
        services.AddSingleton<JobExecutor>();
        services.AddSingleton<LeaseKeeper>();
        services.AddSingleton<WakeListener>();
        services.AddSingleton<BacklogSampler>();

        return services.AddHostedService<JobRunner>();
    }
}
