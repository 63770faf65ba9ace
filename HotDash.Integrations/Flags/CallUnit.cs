namespace HotDash.Integrations;

/// <summary>
/// For whom calls are made now: where a flag is on for a share of all, each unit has its side of it. The api sets its caller; what has an
/// entity of its own, such as a plan, is decided for that. Nobody in particular is asking when a provider is looked at, when a job keeps
/// what all will read, and when a job carries out what was accepted as live: that goes as long as the flag is on for anybody.
/// </summary>
/// <param name="Id">Stable.</param>
/// <param name="Cohort">The kind of users that it belongs to, if any.</param>
public sealed record CallUnit(string Id, string? Cohort = null)
{
    private static readonly AsyncLocal<CallUnit?> Ambient = new();

    /// <summary>Null: nobody in particular.</summary>
    public static CallUnit? Current => Ambient.Value;

    /// <returns>Ends it.</returns>
    public static Scope Begin(CallUnit? unit)
    {
        var scope = new Scope(Ambient.Value);
        Ambient.Value = unit;
        return scope;
    }

    /// <summary>Until it is disposed of the unit holds, also in what is awaited.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly CallUnit? _before;

        internal Scope(CallUnit? before) => _before = before;

        public void Dispose() => Ambient.Value = _before;
    }
}
