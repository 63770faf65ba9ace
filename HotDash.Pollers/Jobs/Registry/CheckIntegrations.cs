using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Registry;

namespace HotDash.Pollers.Jobs.Registry;

/// <summary>Looks how all integrations are. What a check finds is no failure of the job.</summary>
internal sealed class CheckIntegrations(IntegrationRegistry registry) : IRecurringJob
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await registry.CheckDueAsync(Every, ct);
        return JobOutcome.Done;
    }
}
