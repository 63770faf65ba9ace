using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs.Commerce;

/// <summary>Has a recent answer ready for when Shopify is away, also if nobody has asked for one.</summary>
internal sealed class KeepInventory(CommerceReads commerce) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await commerce.KeepInventoryAsync(ct);
        return JobOutcome.Done;
    }
}
