using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Approvals;

public static class ApprovalRegistration
{
    /// <summary>Needs <c>AddControlPlane</c> and the integrations.</summary>
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.AddOptions<ApprovalOptions>().BindConfiguration(ApprovalOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        return services
            .AddSingleton<ActionVault>()
            .AddTransient<GuardedOperations>()
            .AddTransient<ApprovalStore>()
            .AddTransient<ApprovalReads>()
            .AddTransient<ApprovalSelections>()
            .AddSingleton<ApprovalGrades>()
            .AddSingleton<GradeMirror>()
            .AddSingleton<ApprovalProofs>()
            .AddSingleton<ApprovalLedger>();
    }
}
