namespace HotDash.ControlPlane.Flags;

/// <summary>A flag as it is stored.</summary>
/// <param name="Version">Goes up with every change.</param>
/// <param name="Enabled">Null: nobody has set it. It is off then; but for an integration's flag <c>Integrations:Mode</c> decides.</param>
/// <param name="RolloutPercent">The share of users who have it.</param>
/// <param name="Peak">Of a monotone flag: the highest percentage since it was switched on.</param>
/// <param name="AllowedCohorts">Who belongs to one of them has it.</param>
/// <param name="StartDate">Off before.</param>
/// <param name="EndDate">Off from then on.</param>
/// <param name="Salt">The flag's first name: users keep their buckets when it is renamed.</param>
/// <param name="Monotone">Lowering the percentage takes no one out who was in, while the flag stays on.</param>
/// <param name="Killed">Off for everybody, whatever else is said.</param>
/// <param name="Metadata">For people and programs; HotDash does not read it.</param>
public sealed record Flag(
    string Name,
    long Version,
    bool? Enabled,
    Percent RolloutPercent,
    Percent Peak,
    IReadOnlyList<string> AllowedCohorts,
    DateTimeOffset? StartDate,
    DateTimeOffset? EndDate,
    string Salt,
    bool Monotone,
    bool Killed,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset ChangedAt,
    string ChangedBy)
{
    /// <summary>What counts at present.</summary>
    public Percent EffectivePercent => Monotone ? RolloutPercent.Max(Peak) : RolloutPercent;

    /// <summary>A new one: off, for nobody.</summary>
    public static Flag New(string name) => new(
        name, 1, Enabled: false, Percent.None, Percent.None, [], null, null, name, Monotone: false, Killed: false,
        new Dictionary<string, string>(StringComparer.Ordinal), default, "");

    /// <summary>The peak grows while a monotone flag stays on; else it starts over.</summary>
    internal Flag Following(Flag before) => this with
    {
        Peak = Enabled is not true ? Percent.None
            : Monotone && before is { Enabled: true, Monotone: true } ? RolloutPercent.Max(before.Peak)
            : RolloutPercent,
    };
}
