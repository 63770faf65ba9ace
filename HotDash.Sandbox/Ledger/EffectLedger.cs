using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Ledger;

/// <summary>Something that a provider did because it was asked to: a row written, a post published.</summary>
/// <param name="Sequence">Counts the provider's effects from 1.</param>
/// <param name="Details">What was done; for a post its text and account.</param>
/// <param name="TraceParent">Of the request that asked for it.</param>
internal sealed record Effect(int Sequence, DateTimeOffset At, string Operation, JsonObject Details, string? TraceParent);

/// <summary>Every effect of every provider, in order, so that a test can see what happened exactly once.</summary>
internal sealed class EffectLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Effect>> _effects = new(StringComparer.Ordinal);

    public void Add(string provider, DateTimeOffset at, string operation, JsonObject details, string? traceParent)
    {
        lock (_gate)
        {
            var entries = _effects.TryGetValue(provider, out var known) ? known : _effects[provider] = [];
            entries.Add(new(entries.Count + 1, at, operation, details, traceParent));
        }
    }

    public IReadOnlyList<Effect> Read(string provider, int after, string? operation)
    {
        lock (_gate)
        {
            return _effects.TryGetValue(provider, out var entries)
                ? [.. entries.Skip(after).Where(effect => operation is null || effect.Operation == operation)]
                : [];
        }
    }

    public void Clear()
    {
        lock (_gate)
            _effects.Clear();
    }
}
