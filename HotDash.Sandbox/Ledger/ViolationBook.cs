namespace HotDash.Sandbox.Ledger;

/// <summary>A call that a real provider would have refused or throttled.</summary>
internal sealed record Violation(
    DateTimeOffset At, string Provider, string Method, string Path, int Status, string? Reason, string? TraceParent);

internal sealed class ViolationBook
{
    private readonly Lock _gate = new();
    private readonly List<Violation> _violations = [];

    public void Add(Violation violation)
    {
        lock (_gate)
            _violations.Add(violation);
    }

    public IReadOnlyList<Violation> Read(string? provider)
    {
        lock (_gate)
            return [.. _violations.Where(violation => provider is null || violation.Provider == provider)];
    }

    public void Clear()
    {
        lock (_gate)
            _violations.Clear();
    }
}
