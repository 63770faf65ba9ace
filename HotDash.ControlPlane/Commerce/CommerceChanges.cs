using HotDash.ControlPlane.Approvals;
using HotDash.Integrations.Shopify;
using HotDash.Integrations.Shopify.Changes;

namespace HotDash.ControlPlane.Commerce;

/// <summary>Takes in changes of the shop. What is there is read first: those who approve see it, and it is compared again when the change is made.</summary>
public sealed class CommerceChanges(ShopifyClient shopify, ApprovalStore approvals)
{
    /// <exception cref="Integrations.ContentRefusedException">Something about it is wrong, or is not there.</exception>
    /// <exception cref="Integrations.IntegrationException">The shop could not be asked.</exception>
    public async Task<Approval> RequestAsync(ShopChange asked, string by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var change = await asked.PrepareAsync(shopify, ct);

        return await approvals.RequestAsync(new() { Kind = change.Kind, Target = change.Target, Content = change.Content }, by, ct);
    }
}
