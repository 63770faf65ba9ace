using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using HotDash.Integrations.Publer;

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
                if (WhyNot(accounts, account) is var (code, error))
                    await outcomes.EndAsync(transaction, null, [new TargetEnd(jobId, id, Complete: false, Error: error, Code: code)], ct);
            }
        }, ct);

        return accounts.IsWhole || ids.All(accounts.ById.ContainsKey) ? null : WhileUnknown;
    }

    private static (string Code, string Error)? WhyNot(KnownAccounts accounts, PublerAccount? account) => account switch
    {
        null when accounts.IsWhole => (IntegrationCodes.NotFound, "Unknown account."),
        { TakesText: false } => (IntegrationCodes.Rejected, $"Its network ({account.Provider}) takes no text without a picture, video or article."),
        _ => null,
    };
}
