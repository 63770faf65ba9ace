namespace HotDash.ControlPlane.Flags;

/// <summary>A flag and what was decided.</summary>
public readonly record struct FlagAnswer(string Name, long Version, IReadOnlyDictionary<string, string> Metadata, FlagDecision Decision);

/// <summary>
/// Answers from this process's own copy of the flags, at any time and without waiting. A change in the store is known here within a
/// second; while the store is away, what was known holds.
/// </summary>
public sealed class FlagBoard
{
    private readonly FlagTelemetry _telemetry;
    private readonly TimeProvider _clock;
    private volatile FlagSnapshot _snapshot;
    private long _confirmedAt;

    internal FlagBoard(FlagVariables variables, FlagTelemetry telemetry, TimeProvider clock) =>
        (_telemetry, _clock, _snapshot) = (telemetry, clock, FlagSnapshot.Unread(variables));

    /// <summary>How long ago the store said that these are the flags; null: it never has.</summary>
    public TimeSpan? Age => Volatile.Read(ref _confirmedAt) is var at and not 0 ? _clock.GetElapsedTime(at) : null;

    internal FlagSnapshot Snapshot => _snapshot;

    /// <param name="flag">Its name.</param>
    /// <param name="user">Needed where a flag is for a share of the users; any stable id.</param>
    /// <param name="cohort">One of <see cref="Cohorts"/>, if the user belongs to one.</param>
    /// <returns>Off with a problem when there is no such flag, or no user although one is needed.</returns>
    public FlagDecision Evaluate(string flag, string? user = null, string? cohort = null)
    {
        var compiled = _snapshot.Find(flag);
        var decision = compiled?.Decide(user, cohort, _clock) ?? FlagDecision.Failed(FlagProblem.NoSuchFlag);
        if (_telemetry.Samples())
            _telemetry.Evaluated(compiled?.Flag, decision);

        return decision;
    }

    /// <summary>Several flags as of one moment: those named, else all, in the order of their names.</summary>
    public IReadOnlyList<FlagAnswer> EvaluateAll(IReadOnlyList<string>? flags, string? user, string? cohort)
    {
        var snapshot = _snapshot;
        return flags is null
            ? [.. snapshot.All.Select(compiled => Answer(compiled, compiled.Flag.Name, user, cohort))]
            : [.. flags.Select(name => Answer(snapshot.Find(name), name, user, cohort))];
    }

    /// <returns>Null when there is no such flag.</returns>
    public FlagExplanation? Explain(string flag, string? user, string? cohort) =>
        _snapshot.Find(flag) is { } compiled ? FlagExplanation.Of(compiled, user, cohort, _clock) : null;

    /// <summary>Takes over what the store says; nothing new when the snapshot is null.</summary>
    internal void Confirm(FlagSnapshot? snapshot, long askedAt)
    {
        if (snapshot is not null)
            _snapshot = snapshot;
        Volatile.Write(ref _confirmedAt, askedAt);
    }

    private FlagAnswer Answer(CompiledFlag? compiled, string name, string? user, string? cohort)
    {
        var decision = compiled?.Decide(user, cohort, _clock) ?? FlagDecision.Failed(FlagProblem.NoSuchFlag);
        if (_telemetry.Samples())
            _telemetry.Evaluated(compiled?.Flag, decision);

        return new(name, compiled?.Flag.Version ?? 0, compiled?.Flag.Metadata ?? NoMetadata, decision);
    }

    private static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>(StringComparer.Ordinal);
}
