using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using HotDash.Integrations.Supabase;

namespace HotDash.Pollers.Jobs.Social;

/// <summary>Copies receipts to the merchant's own table. Writing them again replaces them.</summary>
internal sealed class MirrorReceipts(SupabaseClient supabase, SupabaseOptions options, PostReads posts, ReceiptLetters letters) : IJob<MirrorReceiptsPayload>
{
    public async Task<JobOutcome> RunAsync(MirrorReceiptsPayload payload, JobContext context, CancellationToken ct)
    {
        using var unit = CallUnit.Begin(new(payload.JobId));
        if (options.State is not IntegrationState.Live || await posts.FindAsync(payload.JobId, ct) is not { } post)
            return JobOutcome.Done;

        try
        {
            await supabase.SaveReceiptsAsync(
                [.. post.Accounts.Where(account => account.EndedAt is not null).Select(account => new SocialReceipt(
                    post.JobId, account.ProviderJobId, account.Status, account.AccountId, account.PostLink, account.Error, account.EndedAt!.Value))],
                ct);
        }
        catch (IntegrationException e) when (ReceiptLetters.IsLast(context, e))
        {
            await context.InFencedTransactionAsync((_, transaction) => letters.KeepAsync(transaction, payload.JobId, context.Attempt, e, ct), ct);
            return JobOutcome.Done;
        }

        await letters.DeliveredAsync(payload.JobId, ct);
        return JobOutcome.Done;
    }
}
