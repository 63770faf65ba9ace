using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;

namespace HotDash.Api.Features.Flags;

/// <summary>All that a person sets. What is left out is as in a new flag: nobody, no dates. Without enabled it is as if nobody had ever set it.</summary>
internal sealed record FlagEdit(
    bool? Enabled,
    decimal? RolloutPercent,
    IReadOnlyList<string?>? AllowedCohorts,
    string? StartDate,
    string? EndDate,
    bool? Monotone,
    IReadOnlyDictionary<string, string?>? Metadata)
{
    /// <returns>The flag with these settings in place of its own.</returns>
    public Func<Flag, Flag> Read(FieldErrors errors)
    {
        var percent = errors.Percent("rolloutPercent", RolloutPercent ?? 0);
        var (start, end) = (errors.Time("startDate", StartDate), errors.Time("endDate", EndDate));
        errors.Require(Metadata?.All(entry => entry.Value is not null) is not false, "metadata", "must have texts as values.");
        errors.Require(AllowedCohorts?.All(cohort => cohort is not null) is not false, "allowedCohorts", Cohorts.Rule);

        return flag => flag with
        {
            Enabled = Enabled,
            RolloutPercent = percent,
            AllowedCohorts = [.. (AllowedCohorts ?? []).OfType<string>()],
            StartDate = start,
            EndDate = end,
            Monotone = Monotone ?? false,
            Metadata = (Metadata ?? new Dictionary<string, string?>(StringComparer.Ordinal)).ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal),
        };
    }
}
