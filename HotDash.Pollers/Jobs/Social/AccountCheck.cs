using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.Integrations;

namespace HotDash.Pollers.Jobs.Social;

/// <summary>Checks accounts that could not be checked when the post was accepted.</summary>
internal sealed class AccountCheck(AccountDirectory directory, SocialLedger ledger, SocialOutcomes outcomes)
{
    private static readonly TimeSpan WhileUnknown = TimeSpan.FromSeconds(30);

    /// <returns>How long to wait because Publer cannot be asked; null when nothing stands in the way of sending.</returns>
    public async Task<TimeSpan?> WaitAsync(string jobId, JobContext context, CancellationToken ct)
    {
        var ids = await ledger.UncheckedAccountsAsync(jobId, ct);
        if (ids is [])
            return null;

        var accounts = await directory.FindAsync(ids, ct);
        await context.InFencedTransactionAsync(async (_, transaction) =>
        {
            foreach (var id in ids)
            {
                if (accounts.ById.TryGetValue(id, out var account))
                    await SocialLedger.NameAccountAsync(transaction, jobId, account, ct);
                else if (accounts.IsWhole)
                    await outcomes.EndAsync(transaction, null, [new TargetEnd(jobId, id, Complete: false, Error: "Unknown account.", Code: IntegrationCodes.NotFound)], ct);
            }
        }, ct);

        return accounts.IsWhole || ids.All(accounts.ById.ContainsKey) ? null : WhileUnknown;
    }
}
