using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Audit;

public static class AuditRegistration
{
    /// <summary>For a host that shows the audit.</summary>
    public static IServiceCollection AddAuditReads(this IServiceCollection services)
    {
        services.AddAuditOptions();
        services.AddSingleton<AuditReads>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<AuditWatch>();

        return services.AddHostedService(provider => provider.GetRequiredService<AuditWatch>());
    }

    /// <summary>For a host that chains it. Any number of processes may.</summary>
    public static IServiceCollection AddAuditSequencer(this IServiceCollection services)
    {
        services.AddAuditOptions();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<AuditChain>();
        services.AddSingleton<CheckpointKeeper>();

        return services.AddHostedService<AuditSequencer>();
    }

    private static void AddAuditOptions(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptions.Check>();
        services.AddOptions<AuditOptions>().Configure<IConfiguration>((options, configuration) => options.Read(configuration)).ValidateOnStart();
    }
}
