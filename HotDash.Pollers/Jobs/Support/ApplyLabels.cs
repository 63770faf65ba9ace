using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Support;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;

namespace HotDash.Pollers.Jobs.Support;

/// <summary>Gives a conversation the labels that say its categories. Doing so again changes nothing.</summary>
internal sealed class ApplyLabels(LabelLedger ledger, ChatwootClient chatwoot) : IJob<ApplyLabelsPayload>
{
    public async Task<JobOutcome> RunAsync(ApplyLabelsPayload payload, JobContext context, CancellationToken ct)
    {
        var id = payload.ConversationId;
        if (await ledger.WantedAsync(id, ct) is not var (wanted, map))
            return JobOutcome.Done;

        try
        {
            var present = await chatwoot.GetLabelsAsync(id, ct);
            var labels = map.LabelsFor(present, wanted);
            if (!labels.ToHashSet(StringComparer.Ordinal).SetEquals(present))
                labels = await chatwoot.SetLabelsAsync(id, labels, ct);

            var applied = false;
            await context.InFencedTransactionAsync(async (_, transaction) => applied = await LabelLedger.AppliedAsync(transaction, new(id, labels), wanted, ct), ct);
            return applied ? JobOutcome.Done : JobOutcome.Snooze(TimeSpan.Zero);
        }
        catch (IntegrationException e) when (e is { Retryable: false, Scope: FailureScope.Call })
        {
            await context.InFencedTransactionAsync((_, transaction) => LabelLedger.RefusedAsync(transaction, id, wanted, e.Code, ct), ct);
            return JobOutcome.Done;
        }
    }
}
