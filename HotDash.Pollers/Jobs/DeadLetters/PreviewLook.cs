using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;

namespace HotDash.Pollers.Jobs.DeadLetters;

/// <summary>Finds out for a preview how many letters of unknown outcome have had their effect. It changes none of them.</summary>
internal sealed class PreviewLook(ReplayLedger ledger, ReplayAdapters adapters)
{
    /// <returns>False when all were looked up.</returns>
    public async Task<bool> NextAsync(ActiveReplay replay, CancellationToken ct)
    {
        if (await ledger.NextToLookAsync(replay.Id, ct) is not { } item)
            return false;

        await ledger.LookedAsync(item, await LookAsync(item, ct), ct);
        return true;
    }

    private async Task<string> LookAsync(ReplayItem item, CancellationToken ct)
    {
        if (item.State is LetterState.Replayed)
            return "found";
        if (item is not { State: LetterState.Unknown, Request: { } request } || adapters.Find(item) is not { } adapter)
            return "unclear";

        try
        {
            return await adapter.FindExistingAsync(request, ct) is null ? "absent" : "found";
        }
        catch (IntegrationException e) when (!e.Deferred)
        {
            return "unclear";
        }
    }
}
