namespace HotDash.Integrations;

/// <summary>
/// The right to carry out one guarded operation, once. Only the ledger of approvals makes one, of what it has loaded and verified itself: there is no
/// other way to <see cref="ProviderHttp"/> for an operation that is <see cref="Operation.Guarded"/>.
/// </summary>
public sealed class ApprovedAction
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _used;

    internal ApprovedAction(GuardedTarget target, ReadOnlyMemory<byte> bytes) => (Target, _bytes) = (target, bytes);

    public GuardedTarget Target { get; }

    /// <summary>The very bytes that were approved, to be sent as they are.</summary>
    /// <exception cref="InvalidOperationException">They were taken already.</exception>
    public ReadOnlyMemory<byte> TakeBytes() => Interlocked.Exchange(ref _used, 1) is 0
        ? _bytes
        : throw new InvalidOperationException("What was approved is carried out once.");

    public override string ToString() => $"approved action {Target.Id}";
}

/// <summary>What a guarded operation is about.</summary>
/// <param name="Id">Of its approval: a UUIDv7, by which the effect is marked and looked up.</param>
/// <param name="Account">The provider's account for which it was approved.</param>
/// <param name="Version">How the target was when it was asked for; null where that does not matter.</param>
public sealed record GuardedTarget(Guid Id, string Kind, string Account, string Target, string? Version);
