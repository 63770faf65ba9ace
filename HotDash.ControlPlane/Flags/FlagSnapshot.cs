using System.Collections.Frozen;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Flags;

/// <summary>All flags at one moment. It never changes: a new one takes its place.</summary>
internal sealed class FlagSnapshot
{
    private readonly FrozenDictionary<string, CompiledFlag> _flags;

    /// <param name="epoch">The store's number of its last change.</param>
    /// <param name="flags">In the order of their names.</param>
    public FlagSnapshot(long epoch, IEnumerable<CompiledFlag> flags)
    {
        Epoch = epoch;
        All = [.. flags];
        _flags = All.ToFrozenDictionary(flag => flag.Flag.Name, StringComparer.Ordinal);
    }

    public long Epoch { get; }

    public IReadOnlyList<CompiledFlag> All { get; }

    /// <summary>Before the store was ever asked: the flags of integrations alone, which nobody has set.</summary>
    public static FlagSnapshot Unread(FlagVariables variables) => new(0, IntegrationFlags.All.Select(flag => Compile(
        Flag.New(flag.Name) with { Enabled = null }, new Dictionary<string, bool>(StringComparer.Ordinal), variables)));

    public static CompiledFlag Compile(Flag flag, IReadOnlyDictionary<string, bool> overrides, FlagVariables variables) => new(
        flag, overrides, variables.Of(flag.Name), variables.Otherwise(flag.Name));

    public CompiledFlag? Find(string name) => _flags.GetValueOrDefault(name);
}
