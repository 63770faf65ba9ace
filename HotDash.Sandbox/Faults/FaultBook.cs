using System.IO.Enumeration;

namespace HotDash.Sandbox.Faults;

/// <summary>The rules in force. The first that fits a call and whose dice agree happens to it.</summary>
internal sealed class FaultBook(Ids ids, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _given;

    public IReadOnlyList<FaultStatus> Read()
    {
        lock (_gate)
            return [.. _entries.Where(IsAlive).Select(entry => new FaultStatus(entry.Rule, entry.Hits, entry.Until))];
    }

    public FaultRule Add(FaultRule rule)
    {
        lock (_gate)
            return Enter(rule);
    }

    public IReadOnlyList<FaultRule> Replace(IReadOnlyList<FaultRule> rules)
    {
        lock (_gate)
        {
            _entries.Clear();
            _given = 0;
            return [.. rules.Select(Enter)];
        }
    }

    public bool Remove(string id)
    {
        lock (_gate)
            return _entries.RemoveAll(entry => entry.Rule.Id == id) > 0;
    }

    public FaultRule? Draw(string provider, string method, string route)
    {
        lock (_gate)
            return _entries.FirstOrDefault(entry => IsAlive(entry) && Fits(entry.Rule, provider, method, route) && Throw(entry))?.Rule;
    }

    private FaultRule Enter(FaultRule rule)
    {
        var entry = new Entry(rule with { Id = $"fault-{++_given}" }, rule.ForSeconds is { } life ? clock.GetUtcNow().AddSeconds(life) : null);
        _entries.Add(entry);
        return entry.Rule;
    }

    private bool IsAlive(Entry entry) =>
        (entry.Until is not { } until || clock.GetUtcNow() < until) && (entry.Rule.Count is not { } count || entry.Hits < count);

    private static bool Fits(FaultRule rule, string provider, string method, string route) =>
        (rule.Provider is "*" || rule.Provider == provider)
        && (rule.Method is null || rule.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (rule.Route is null || FileSystemName.MatchesSimpleExpression(rule.Route, route, ignoreCase: false));

    private bool Throw(Entry entry)
    {
        var happens = ids.Dice(entry.Rule.Id!, ++entry.Throws) < (entry.Rule.Rate ?? 1);
        if (happens)
            entry.Hits++;

        return happens;
    }

    private sealed class Entry(FaultRule rule, DateTimeOffset? until)
    {
        public FaultRule Rule { get; } = rule;

        public DateTimeOffset? Until { get; } = until;

        public int Throws { get; set; }

        public int Hits { get; set; }
    }
}

/// <summary>A rule in force, how often it has happened, and until when it holds.</summary>
internal sealed record FaultStatus(FaultRule Rule, int Hits, DateTimeOffset? Until);
