using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Support;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;

namespace HotDash.Pollers.Jobs.Support;

/// <summary>Makes up for webhooks that never came, and for jobs that ended just when somebody set other categories.</summary>
internal sealed class KeepLabels(LabelLedger ledger, JobQueue queue, ChatwootClient chatwoot, ChatwootOptions options) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await context.InFencedTransactionAsync((_, transaction) => LabelLedger.CallAsync(transaction, queue, ct), ct);
        queue.Wake();

        if (options.State is IntegrationState.Live)
            await ledger.ToldAsync((await chatwoot.ListConversationsAsync(new(), 1, ct)).Items.Select(conversation => new ConversationLabelling(conversation.Id, conversation.Labels)), ct);

        return JobOutcome.Done;
    }
}
