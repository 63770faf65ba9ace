using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.Webhooks;

/// <summary>
/// Handles the events of a lane until none is due. It never waits for one that is: new events of the lane would wait with it. The sweep
/// calls the lane again.
/// </summary>
internal sealed partial class HandleWebhooks(
    LaneEvents events, IEnumerable<IWebhookHandler> handlers, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<HandleWebhooks> logger)
    : IJob<HandleWebhooksPayload>
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);

    private readonly ILookup<string, IWebhookHandler> _handlers = handlers
        .SelectMany(handler => handler.Topics.Select(topic => (Topic: Name(handler.Source, topic), Handler: handler)))
        .ToLookup(pair => pair.Topic, pair => pair.Handler, StringComparer.Ordinal);

    public async Task<JobOutcome> RunAsync(HandleWebhooksPayload payload, JobContext context, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (await NextAsync(payload.Lane, ct) is { Count: > 0 } next)
        {
            foreach (var id in next)
                await TryAsync(id, context, ct);
            if (clock.GetElapsedTime(began) > Slice)
                return JobOutcome.Snooze(TimeSpan.Zero);
        }

        return JobOutcome.Done;
    }

    /// <summary>Others come in while some are handled, also such as nobody handles.</summary>
    private async Task<IReadOnlyList<Guid>> NextAsync(short lane, CancellationToken ct)
    {
        string[] handled = [.. _handlers.Select(topic => topic.Key)];
        await events.PassOverAsync(lane, handled, ct);
        return await events.NextAsync(lane, handled, ct);
    }

    private async Task TryAsync(Guid id, JobContext context, CancellationToken ct)
    {
        try
        {
            await events.HandleAsync(id, context, async (happened, transaction) =>
            {
                foreach (var handler in _handlers[Name(happened.Source, happened.Topic)])
                    await handler.HandleAsync(happened, transaction, ct);
            }, ct);
        }
        catch (UnreadableWebhookException e)
        {
            await FailedAsync(id, context, e.Message, maxAttempts: 1, ct);
        }
#pragma warning disable CA1031 // whatever a handler throws is this event's failure alone; others must not wait for it
        catch (Exception e) when (e is not (OperationCanceledException or LeaseLostException) && !StoreUnavailableException.IsCause(e))
        {
            await FailedAsync(id, context, e is IntegrationException ? e.Message : e.GetType().Name, options.Value.MaxAttempts, ct);
        }
#pragma warning restore CA1031
    }

    /// <param name="why">In our own words: what an exception says may be a customer's.</param>
    private Task FailedAsync(Guid id, JobContext context, string why, int maxAttempts, CancellationToken ct)
    {
        LogFailed(id, why);
        return LaneEvents.FailedAsync(id, context, why, maxAttempts, FirstWait, ct);
    }

    private static string Name(string source, string topic) => $"{source} {topic}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook event {EventId} could not be handled: {Why}")]
    private partial void LogFailed(Guid eventId, string why);
}
