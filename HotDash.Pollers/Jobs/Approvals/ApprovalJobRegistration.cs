using HotDash.ControlPlane.Approvals;

namespace HotDash.Pollers.Jobs.Approvals;

internal static class ApprovalJobRegistration
{
    /// <summary>What the feature's jobs need beyond the feature itself.</summary>
    public static void AddApprovalJobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddApprovals();
        builder.Services.AddTransient<ApprovedCall>();
    }
}
