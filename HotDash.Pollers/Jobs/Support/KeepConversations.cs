using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Support;

namespace HotDash.Pollers.Jobs.Support;

/// <summary>Keeps the conversations that are asked for most, so that they can be shown while Chatwoot is away.</summary>
internal sealed class KeepConversations(SupportReads support) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await support.RefreshAsync(ct);
        return JobOutcome.Done;
    }
}
