using HotDash.Api.Access;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Flags;

namespace HotDash.Api.Features.Flags;

/// <summary>Fields that several requests have.</summary>
internal static class FlagFields
{
    public const string Reason = "reason";

    private const int MaxReason = 500;

    public static Percent Percent(this FieldErrors errors, string field, decimal? value)
    {
        if (value is { } number && ControlPlane.Flags.Percent.TryFrom(number, out var percent))
            return percent;

        errors.Add(field, value is null ? "is required." : ControlPlane.Flags.Percent.Rule);
        return default;
    }

    /// <summary>Who changes it and why, and for which version, when the request names one.</summary>
    public static FlagChange Change(this FieldErrors errors, HttpContext http, string? reason) => new(
        http.User.Actor(), errors.Required(Reason, reason, MaxReason) ?? "", errors.Version(http.Request));

    public static void Who(this FieldErrors errors, string? user, string? cohort)
    {
        errors.Require(user is null || FlagRules.IsUser(user), "user", FlagRules.UserRule);
        errors.Require(cohort is null || Cohorts.All.Contains(cohort, StringComparer.Ordinal), "cohort", Cohorts.Rule);
    }
}
