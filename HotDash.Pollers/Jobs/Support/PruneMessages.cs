using HotDash.ControlPlane.Support;
using HotDash.Pollers.Jobs.Maintenance;

namespace HotDash.Pollers.Jobs.Support;

/// <summary>What customers wrote is kept no longer than replies to it can wait: Chatwoot has it.</summary>
internal sealed class PruneMessages(SupportMessages messages) : Prune(TimeSpan.FromDays(30))
{
    protected override Task<int> DeleteAsync(TimeSpan retention, int most, CancellationToken ct) => messages.PruneAsync(retention, most, ct);
}
