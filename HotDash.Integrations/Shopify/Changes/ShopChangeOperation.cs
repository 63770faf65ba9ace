using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>
/// Makes a change that was approved. What became of a lost call is found out by making it again: Shopify recognises the key, and what has none sets values
/// that are looked at before.
/// </summary>
internal abstract class ShopChangeOperation<TChange>(string kind, ShopifyClient shopify, ShopifyOptions options, JsonTypeInfo<TChange> shape) : IGuardedOperation
    where TChange : ShopChange
{
    private static readonly string[] UnderWay = ["IDEMPOTENCY_CONCURRENT_REQUEST", "SERVICE_UNAVAILABLE"];

    /// <summary>The last says of a repetition that it had no effect: the same reason, or one that passed.</summary>
    private static readonly string[] Stale = ["CHANGE_FROM_QUANTITY_STALE", "STALE_OBJECT", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"];

    public string Kind => kind;

    public string Account => options.Account;

    public bool RecognisesRepetition => true;

    public byte[] Compose(Guid id, int revision, string content) => ChangeBody.Write(ChangeJson.Read(content, shape), id, revision);

    public string ContentOf(ReadOnlyMemory<byte> bytes) => Read(bytes).Content;

    /// <summary>What those who approve saw is in the bytes.</summary>
    public Task<string?> VersionAsync(string target, CancellationToken ct) => Task.FromResult<string?>(null);

    public Task<Existing?> FindExistingAsync(GuardedTarget target, CancellationToken ct) => throw new NotSupportedException("It is sent again instead.");

    public async Task<Existing> SendAsync(ApprovedAction action, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(action);
        using var request = ProviderRequest.Approved(options.Endpoint, action);
        var change = Read(await request.Content!.ReadAsByteArrayAsync(ct));
        if (!change.IsKeyed && await LookAsync(change, ct) is { } existing)
            return existing;

        var answer = await shopify.ChangeAsync(change.Operation, request, ct);
        List<string> words = [.. answer.UserErrors.Select(error => error?.Word ?? "REFUSED")];
        if (words.Intersect(UnderWay, StringComparer.Ordinal).Any())
            throw new IntegrationException(options.Key, IntegrationCodes.Unavailable, "the change is still under way", retryable: true, outcomeUnknown: true);
        if (words.Intersect(Stale, StringComparer.Ordinal).Any())
            throw await ChangedAsync(change, ct);
        if (words is not [] && answer.Done is null or [])
            throw new ActionRefusedException(options.Key, $"the change was refused ({string.Join(", ", words.Distinct(StringComparer.Ordinal))})", ChangeResult.Of(change, answer.UserErrors, null));

        return await DoneAsync(change, answer, ct);
    }

    private TChange Read(ReadOnlyMemory<byte> bytes) =>
        ChangeBody.Read(bytes.Span, shape) ?? throw new IntegrationException(options.Key, IntegrationCodes.Rejected, "what is stored is no change of the shop");

    /// <returns>Null when the change is to be made.</returns>
    private async Task<Existing?> LookAsync(TChange change, CancellationToken ct)
    {
        var present = await PresentAsync(change, ct);
        return present.IsDone ? new(change.Target) { Result = ChangeResult.Of(change, [], present) }
            : change.SawWhatIsIn(present) || IsHalfDone(change, present) ? null
            : throw new TargetChangedException(options.Key, present.Content);
    }

    /// <summary>An earlier call, whose answer was lost, may have made a part of it.</summary>
    private static bool IsHalfDone(ShopChange change, ShopChange present) =>
        change.Lines.Zip(present.Lines).All(pair => pair.Second.From == pair.First.From || pair.Second.From == pair.First.To);

    private async Task<TargetChangedException> ChangedAsync(TChange change, CancellationToken ct) => new(options.Key, (await PresentAsync(change, ct)).Content);

    private async Task<ShopChange> PresentAsync(TChange change, CancellationToken ct)
    {
        try
        {
            return await change.ReadAsync(shopify, ct);
        }
        catch (ContentRefusedException)
        {
            throw new IntegrationException(options.Key, IntegrationCodes.NotFound, "what was to be changed is not there any more");
        }
    }

    private async Task<Existing> DoneAsync(TChange change, ChangePayload answer, CancellationToken ct) =>
        new(answer.Effect?.Id ?? (answer.Done is [{ Id: var done }, ..] ? done : change.Target)) { Result = ChangeResult.Of(change, answer.UserErrors, await ReadBackAsync(change, ct)) };

    /// <summary>The change was made, so what fails now, were it our own time, changes nothing of that.</summary>
    private async Task<ShopChange?> ReadBackAsync(TChange change, CancellationToken ct)
    {
        try
        {
            return await PresentAsync(change, ct);
        }
        catch (Exception e) when (e is IntegrationException or OperationCanceledException)
        {
            return null;
        }
    }
}

internal sealed class InventoryOperation(ShopifyClient shopify, ShopifyOptions options)
    : ShopChangeOperation<InventoryChange>(GuardedKinds.CommerceInventory, shopify, options, ChangeJson.Default.InventoryChange);

internal sealed class PriceOperation(ShopifyClient shopify, ShopifyOptions options)
    : ShopChangeOperation<PriceChange>(GuardedKinds.CommercePrice, shopify, options, ChangeJson.Default.PriceChange);

internal sealed class MetafieldOperation(ShopifyClient shopify, ShopifyOptions options)
    : ShopChangeOperation<MetafieldChange>(GuardedKinds.CommerceMetafield, shopify, options, ChangeJson.Default.MetafieldChange);
