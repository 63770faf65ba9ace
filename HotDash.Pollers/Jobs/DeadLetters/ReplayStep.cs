using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.DeadLetters;

/// <summary>Brings one letter of a replay as far as it goes now.</summary>
internal sealed class ReplayStep(ReplayLedger ledger, ReplayAdapters adapters, ReplaySend send, IOptions<DeadLetterOptions> options)
{
    private static readonly TimeSpan WhileOnItsPath = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhileUnreadable = TimeSpan.FromSeconds(30);

    /// <returns>False when no letter is due.</returns>
    public async Task<bool> NextAsync(ActiveReplay replay, JobContext context, CancellationToken ct)
    {
        if (await ledger.NextAsync(replay.Id, ct) is not { } item)
            return false;

        await StepAsync(replay, item, context, ct);
        return true;
    }

    private Task StepAsync(ActiveReplay replay, ReplayItem item, JobContext context, CancellationToken ct) => item switch
    {
        { State: LetterState.Replaying } when item.HeldBy != item.ReplayId => ledger.SkipAsync(item, "Another replay has it.", ct),
        { State: LetterState.Replaying } => UnderWayAsync(item, ct),
        { State: LetterState.Replayed or LetterState.Discarded } => ledger.SkipAsync(item, $"It was {item.State.ToSnakeCase()} meanwhile.", ct),
        { Subject: not null } => OnItsPathAsync(replay, item, context, ct),
        { Request: null } => ledger.SkipAsync(item, "Its request cannot be opened: the data-protection key is gone.", ct),
        _ when adapters.Find(item) is not { } => ledger.SkipAsync(item, "Nothing here can send it again.", ct),
        { State: LetterState.Unknown } => LookAsync(item, context, ct),
        _ => send.SendAsync(adapters.Find(item)!, item, context, ct),
    };

    /// <summary>On its own path, or left behind by a worker that died: then its call may have had its effect.</summary>
    private Task UnderWayAsync(ReplayItem item, CancellationToken ct)
    {
        if (item.Subject is not null)
            return ledger.PostponeAsync(item, WhileOnItsPath, ct);

        var left = options.Value.AbandonedAfter - item.AttemptAge;
        return left > TimeSpan.Zero
            ? ledger.PostponeAsync(item, left, ct)
            : ledger.EndAsync(item.LetterId, item.AttemptId, LetterEnd.Lost(failure: null, TimeSpan.Zero), ct);
    }

    /// <summary>What is found is not sent. What is missing proves nothing before the window has passed, counted from before the look.</summary>
    private async Task LookAsync(ReplayItem item, JobContext context, CancellationToken ct)
    {
        var adapter = adapters.Find(item)!;
        if (await FindAsync(adapter, item, ct) is not { } isThere)
            await ledger.PostponeAsync(item, WhileUnreadable, ct);
        else if (isThere)
            await ledger.FoundAsync(item, ct);
        else if (options.Value.SettleWindow - item.UnknownAge is var left && left > TimeSpan.Zero)
            await ledger.PostponeAsync(item, left, ct);
        else if (item.Sends >= options.Value.MaxSends)
            await ledger.AbsentAsync(item, ct);
        else
            await send.SendAsync(adapter, item, context, ct);
    }

    /// <returns>Null when it cannot be looked up now.</returns>
    private async Task<bool?> FindAsync(IReplayable adapter, ReplayItem item, CancellationToken ct)
    {
        try
        {
            return await adapter.FindExistingAsync(item.Request!, ct) is not null;
        }
        catch (IntegrationException e) when (!e.Deferred)
        {
            await ledger.SayAsync(item.ReplayId, $"Looks again: {e.Message}.", ct);
            return null;
        }
    }

    private async Task OnItsPathAsync(ActiveReplay replay, ReplayItem item, JobContext context, CancellationToken ct)
    {
        if (adapters.PathOf(item) is not { } path)
            await ledger.SkipAsync(item, "Nothing here can send it again.", ct);
        else if (replay.InFlight >= options.Value.MaxInFlight)
            await ledger.PostponeAsync(item, WhileOnItsPath, ct);
        else
            await ReopenAsync(path, item, context, ct);
    }

    private async Task ReopenAsync(IReplayPath path, ReplayItem item, JobContext context, CancellationToken ct)
    {
        var reopening = Reopening.Done;
        await context.InFencedTransactionAsync(async (_, transaction) =>
        {
            await ReplayLedger.SavepointAsync(transaction, async () =>
            {
                reopening = await path.ReopenAsync(transaction, item.Subject!, item.State is LetterState.Unknown, ct);
                return reopening == Reopening.Done && await ReplayLedger.BeginAsync(transaction, item, context.JobId, Guid.CreateVersion7(), ct);
            }, ct);
        }, ct);

        if (reopening.Refusal is { } refusal)
            await ledger.SkipAsync(item, refusal, ct);
        else if (reopening.Wait is { } wait)
            await ledger.PostponeAsync(item, wait, ct);
    }
}
