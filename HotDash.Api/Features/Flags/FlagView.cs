using HotDash.ControlPlane.Flags;

namespace HotDash.Api.Features.Flags;

/// <summary>A flag as callers see it.</summary>
/// <param name="Enabled">Null: nobody has set it.</param>
/// <param name="EffectivePercent">Of a monotone flag the highest since it was switched on; else <paramref name="RolloutPercent"/>.</param>
internal sealed record FlagView(
    string Name,
    long Version,
    bool? Enabled,
    decimal RolloutPercent,
    decimal EffectivePercent,
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
    public static FlagView Of(Flag flag) => new(
        flag.Name, flag.Version, flag.Enabled, flag.RolloutPercent.Value, flag.EffectivePercent.Value, flag.AllowedCohorts, flag.StartDate, flag.EndDate,
        flag.Salt, flag.Monotone, flag.Killed, flag.Metadata, flag.ChangedAt, flag.ChangedBy);
}
