using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Alerts;

/// <summary>Every indicator there is, and its usual limits.</summary>
public static class IndicatorList
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly string[] ToIntegration = ["/api/integrations/{subject}", "/api/dead-letters?integration={subject}"];

    /// <summary>An indicator that cannot be measured is found out like anything else.</summary>
    internal static Indicator Unmeasured { get; } = new()
    {
        Name = "unmeasured-indicators",
        What = "of the indicators could not be measured",
        Unit = IndicatorUnit.Count,
        Usual = new(Expected: 0, Alert: 0, Clear: 0, MinSample: 1, Quarter),
        Sql = null,
        Links = ["/api/indicators"],
    };

    public static IReadOnlyList<Indicator> All { get; } = With(new());

    /// <param name="silence">Topics are judged alike here and where it is looked up what was missed.</param>
    internal static IReadOnlyList<Indicator> With(SilenceOptions silence) =>
    [
        new()
        {
            Name = "draft-conversion",
            What = "of the drafts became public replies",
            Unit = IndicatorUnit.Share,
            LowIsBad = true,
            Usual = new(Expected: 0.9, Alert: 0.7, Clear: 0.75, MinSample: 10, Day),
            Sql = IndicatorSql.DraftsSent,
            Links = ["/api/approvals?kind={subject}&state=rejected", "/api/approvals?kind={subject}&state=expired", "/api/approvals?kind={subject}&state=failed"],
        },
        ApprovalLatency("support", expected: Quarter, alert: Hour, window: Hour, GuardedKinds.SupportReply),
        ApprovalLatency("inventory", expected: Day, alert: Day, window: Day, GuardedKinds.CommerceInventory, GuardedKinds.CommercePrice),
        ApprovalLatency("growth", expected: Day, alert: Day, window: Day, GuardedKinds.SocialPost),
        new()
        {
            Name = "post-delivery",
            What = "of the posts were published within 5 minutes",
            Unit = IndicatorUnit.Share,
            LowIsBad = true,
            Usual = new(Expected: 0.95, Alert: 0.95, Clear: 0.97, MinSample: 20, Hour),
            Sql = IndicatorSql.PostsInTime,
            Links = ["/api/social/posts?status=failed", .. ToIntegration],
        },
        new()
        {
            Name = "integration-errors",
            What = "of the calls failed",
            Unit = IndicatorUnit.Share,
            Usual = new(Expected: 0.01, Alert: 0.01, Clear: 0.005, MinSample: 200, Quarter),
            Sql = IndicatorSql.Errors,
            Links = ToIntegration,
        },
        new()
        {
            Name = "rate-limited",
            What = "of the calls were refused for want of rate limit",
            Unit = IndicatorUnit.Share,
            Usual = new(Expected: 0.01, Alert: 0.1, Clear: 0.05, MinSample: 50, Quarter),
            Sql = IndicatorSql.RateLimited,
            Links = ToIntegration,
        },
        new()
        {
            Name = "degraded-answers",
            What = "of the answers were snapshots or examples though the integration is on",
            Unit = IndicatorUnit.Share,
            Usual = new(Expected: 0.01, Alert: 0.1, Clear: 0.05, MinSample: 20, Quarter),
            Sql = IndicatorSql.DegradedAnswers,
            Links = ToIntegration,
        },
        new()
        {
            Name = "refused-credentials",
            What = "calls were refused with 401 or 403",
            Unit = IndicatorUnit.Count,
            Usual = new(Expected: 0, Alert: 0, Clear: 0, MinSample: 1, Quarter),
            Sql = IndicatorSql.RefusedCredentials,
            Links = ToIntegration,
        },
        new()
        {
            Name = "webhook-silence",
            What = "times as long silent as usual",
            Unit = IndicatorUnit.Count,
            Usual = new(Expected: 1, Alert: silence.Factor, Clear: 1, silence.MinSample, Quarter),
            Sql = IndicatorSql.SilentTopics(silence),
            Links = ["/api/webhooks?source={0}&topic={1}", "/api/integrations/{0}"],
        },
        Unmeasured,
    ];

    /// <returns>Null when there is none of this name, or not any more.</returns>
    public static Indicator? Find(string name) => All.FirstOrDefault(indicator => indicator.Name == name);

    /// <summary>What still waits counts as well: nobody would hear of it otherwise until it is too late.</summary>
    private static Indicator ApprovalLatency(string area, TimeSpan expected, TimeSpan alert, TimeSpan window, params string[] kinds) => new()
    {
        Name = $"{area}-approval-latency",
        What = "until people had decided about the slowest twentieth",
        Unit = IndicatorUnit.Seconds,
        Usual = new(expected.TotalSeconds, alert.TotalSeconds, Clear: expected.TotalSeconds, MinSample: 1, window),
        Sql = IndicatorSql.DecisionTimes(kinds),
        Links = ["/api/approvals?kind={subject}&state=pending"],
    };
}
