using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Registry;
using HotDash.Integrations;

namespace HotDash.Pollers.Jobs.Webhooks;

/// <summary>
/// Somebody said that the app was uninstalled. Shopify signs the body, but not what it is about, so that is believed only when our key is
/// refused, too.
/// </summary>
internal sealed class LookAtShopify(IntegrationRegistry registry) : IJob<LookAtShopifyPayload>
{
    public async Task<JobOutcome> RunAsync(LookAtShopifyPayload payload, JobContext context, CancellationToken ct)
    {
        const string shopify = "shopify";
        var view = await registry.CheckAsync(shopify, ct);
        if (view is { Health.Health.Problem.Failure: IntegrationCodes.Unauthorized, Standing.Status: not IntegrationStatus.Disconnected })
            await registry.DisconnectAsync(shopify, "the app was uninstalled from the shop", AuditChange.HotDash, ct);

        return JobOutcome.Done;
    }
}
