using HotDash.Integrations;

namespace HotDash.ControlPlane.Approvals;

/// <summary>What can be done with an approval, by kind.</summary>
public sealed class GuardedOperations(IEnumerable<IGuardedOperation> operations)
{
    private readonly Dictionary<string, IGuardedOperation> _byKind = operations.ToDictionary(operation => operation.Kind, StringComparer.Ordinal);

    public IGuardedOperation? Find(string kind) => _byKind.GetValueOrDefault(kind);

    internal IGuardedOperation Of(string kind) => Find(kind) ?? throw new InvalidOperationException($"Nothing here carries out {kind}.");
}
