using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs.Approvals;

/// <summary>Says of those that nobody decided in time that their time is over. Nothing waits for it: whoever decides or sends looks at the time, too.</summary>
internal sealed class ExpireApprovals : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        var expired = 1;
        while (expired > 0)
            await context.InFencedTransactionAsync(async (_, transaction) => expired = await ApprovalLedger.ExpireAsync(transaction, ct), ct);

        return JobOutcome.Done;
    }
}
