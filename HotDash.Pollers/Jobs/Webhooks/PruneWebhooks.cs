using HotDash.ControlPlane.Webhooks;
using HotDash.Pollers.Jobs.Maintenance;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.Webhooks;

/// <summary>Settled events are kept for a while for a person to look at, and to know what was delivered already.</summary>
internal sealed class PruneWebhooks(WebhookUpkeep upkeep, IOptions<WebhookOptions> options) : Prune(options.Value.Kept)
{
    protected override Task<int> DeleteAsync(TimeSpan retention, int most, CancellationToken ct) => upkeep.PruneAsync(retention, most, ct);
}
