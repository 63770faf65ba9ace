using System.Collections.Frozen;

namespace HotDash.ControlPlane.Flags;

/// <summary>A flag made ready for being asked often: nothing is allocated, and what does not apply costs nothing.</summary>
internal sealed class CompiledFlag
{
    private static readonly FrozenDictionary<string, bool> Nobody = FrozenDictionary<string, bool>.Empty;

    private readonly FlagDecision? _fixed;
    private readonly FrozenDictionary<string, bool> _overrides;
    private readonly bool _hasFavourites;
    private readonly FlagDecision? _switch;
    private readonly string[] _cohorts;
    private readonly byte[] _prefix;
    private readonly int _percent;
    private readonly bool _dated;

    /// <param name="flag">As stored.</param>
    /// <param name="overrides">By user.</param>
    /// <param name="variable">What the environment says, if anything.</param>
    /// <param name="otherwise">What holds while nobody has set it.</param>
    public CompiledFlag(Flag flag, IReadOnlyDictionary<string, bool> overrides, FlagVariable? variable, bool otherwise)
    {
        (Flag, Variable, Otherwise) = (flag, variable, otherwise);
        _fixed = flag.Killed ? new(On: false, FlagReason.Killed) : variable is null ? null : new(variable.On, FlagReason.Env);
        _overrides = overrides.Count == 0 ? Nobody : overrides.ToFrozenDictionary(StringComparer.Ordinal);
        _hasFavourites = overrides.Values.Contains(true);
        _dated = flag.StartDate is not null || flag.EndDate is not null;
        _switch = flag.Enabled switch { null => new(otherwise, FlagReason.Static), false => new(On: false, FlagReason.Disabled), _ => null };
        _cohorts = [.. flag.AllowedCohorts];
        _percent = flag.EffectivePercent.Thousandths;
        _prefix = Buckets.Prefix(flag.Salt);
    }

    public Flag Flag { get; }

    public FlagVariable? Variable { get; }

    public bool Otherwise { get; }

    public bool IsDated => _dated;

    public FlagDecision Decide(string? user, string? cohort, TimeProvider clock)
    {
        if (_fixed is { } same)
            return same;
        if (user is not null && _overrides.Count != 0 && _overrides.TryGetValue(user, out var on))
            return new(on, FlagReason.Override);
        if (_dated && !IsTime(clock.GetUtcNow()))
            return new(On: false, FlagReason.Schedule);
        if (_switch is { } switched)
            return switched;
        if (cohort is not null && Allows(cohort))
            return new(On: true, FlagReason.Cohort);

        return Split(user);
    }

    /// <summary>Whether there can be a user who has it.</summary>
    public bool IsOnForAnybody(TimeProvider clock) => this switch
    {
        { _fixed: { } same } => same.On,
        _ when _hasFavourites => true,
        _ when _dated && !IsTime(clock.GetUtcNow()) => false,
        { _switch: { } switched } => switched.On,
        _ => _percent > 0 || _cohorts is not [],
    };

    public bool? OverrideOf(string? user) => user is not null && _overrides.TryGetValue(user, out var on) ? on : null;

    public bool IsTime(DateTimeOffset now) => !(now < Flag.StartDate) && !(now >= Flag.EndDate);

    public bool Allows(string cohort)
    {
        foreach (var allowed in _cohorts)
        {
            if (allowed == cohort)
                return true;
        }

        return false;
    }

    public FlagDecision Split(string? user) => _percent switch
    {
        0 => new(On: false, FlagReason.Static),
        100_000 => new(On: true, FlagReason.Static),
        _ when user is null => FlagDecision.Failed(FlagProblem.NeedsUser),
        _ => new(BucketOf(user) < _percent, FlagReason.Split),
    };

    public int BucketOf(string user) => Buckets.Of(_prefix, user);
}
