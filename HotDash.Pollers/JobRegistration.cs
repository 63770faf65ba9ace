using HotDash.ControlPlane.Jobs;
using HotDash.Pollers.Runner;

namespace HotDash.Pollers;

/// <summary>One line per job in <see cref="Jobs.JobList"/>.</summary>
public static class JobRegistration
{
    /// <summary>A job that is enqueued under <paramref name="kind"/>, a stable name: it appears in stored rows, logs and metrics.</summary>
    public static IServiceCollection AddJob<TJob, TPayload>(this IServiceCollection services, string kind, TimeSpan timeout)
        where TJob : class, IJob<TPayload>
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(JobDefinition.For<TJob, TPayload>(kind, timeout));
    }

    /// <summary>A job that runs every so often, on one replica at a time.</summary>
    public static IServiceCollection AddRecurringJob<TJob>(this IServiceCollection services, string kind, TimeSpan every, TimeSpan timeout)
        where TJob : class, IRecurringJob
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(JobDefinition.ForRecurring<TJob>(kind, every, timeout));
    }

    /// <summary>The same for a job that is one call of a service.</summary>
    public static IServiceCollection AddRecurringCall<TService>(
        this IServiceCollection services, string kind, TimeSpan every, TimeSpan timeout, Func<TService, CancellationToken, Task> call)
        where TService : class => services.AddSingleton(JobDefinition.ForCall(kind, every, timeout, call));
}
