using System.Text;
using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.Integrations.AlertWebhook;

namespace HotDash.Pollers.Jobs.Alerts;

/// <summary>Brings one message to the receiver of alerts, if one is configured. Sending it again does no harm: the receiver knows it by its id.</summary>
internal sealed class SendMessage(AlertLetters letters, AlertWebhookOptions? options = null, AlertWebhookClient? receiver = null) : IJob<SendMessagePayload>
{
    private static readonly TimeSpan WhileOff = TimeSpan.FromMinutes(1);

    public async Task<JobOutcome> RunAsync(SendMessagePayload payload, JobContext context, CancellationToken ct)
    {
        if (options is not { State: IntegrationState.Live } || receiver is null)
            return JobOutcome.Snooze(WhileOff); // it was accepted: it waits until there is a receiver again
        if (await letters.FindAsync(payload.MessageId, ct) is not { } message)
            return JobOutcome.Done;

        try
        {
            await receiver.SendAsync(message.Id.ToString(), Encoding.UTF8.GetBytes(message.Body), ct);
        }
        catch (IntegrationException e) when (!e.Deferred && (!e.Retryable || context.Attempt >= AlertJobs.MaxTries))
        {
            await context.InFencedTransactionAsync((_, transaction) => letters.KeepAsync(transaction, message, context.Attempt, e, ct), ct);
            return JobOutcome.Done;
        }

        await context.InFencedTransactionAsync((_, transaction) => AlertLetters.DeliveredAsync(transaction, message.Id, ct), ct);
        return JobOutcome.Done;
    }
}
