using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Rollouts.Judging;
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

    private static readonly OutcomeKind[] Calls = [.. Enum.GetValues<OutcomeKind>().Where(CallCounts.Counts)];

    /// <summary>Topics are judged alike here and where it is looked up what was missed, unless the settings say otherwise.</summary>
    private static readonly SilenceOptions Silence = new();

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

    public static IReadOnlyList<Indicator> All { get; } =
    [
        new()
        {
            Name = "draft-conversion",
            What = "of the drafts became public replies",
            Unit = IndicatorUnit.Share,
            LowIsBad = true,
            Usual = new(Expected: 0.9, Alert: 0.7, Clear: 0.75, MinSample: 10, Day),
            Sql = DraftsSent,
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
            Sql = PostsInTime,
            Links = ["/api/social/posts?status=failed", .. ToIntegration],
        },
        new()
        {
            Name = "integration-errors",
            What = "of the calls failed",
            Unit = IndicatorUnit.Share,
            Usual = new(Expected: 0.01, Alert: 0.01, Clear: 0.005, MinSample: 200, Quarter),
            Sql = ShareOfCalls([.. Calls.Where(CallCounts.IsError)]),
            Links = ToIntegration,
        },
        new()
        {
            Name = "rate-limited",
            What = "of the calls were refused for want of rate limit",
            Unit = IndicatorUnit.Share,
            Usual = new(Expected: 0.01, Alert: 0.1, Clear: 0.05, MinSample: 50, Quarter),
            Sql = ShareOfCalls(OutcomeKind.RateLimited),
            Links = ToIntegration,
        },
        new()
        {
            Name = "degraded-answers",
            What = "of the answers were snapshots or examples though the integration is on",
            Unit = IndicatorUnit.Share,
            Usual = new(Expected: 0.01, Alert: 0.1, Clear: 0.05, MinSample: 20, Quarter),
            Sql = DegradedAnswers,
            Links = ToIntegration,
        },
        new()
        {
            Name = "refused-credentials",
            What = "calls were refused with 401 or 403",
            Unit = IndicatorUnit.Count,
            Usual = new(Expected: 0, Alert: 0, Clear: 0, MinSample: 1, Quarter),
            Sql = RefusedCredentials,
            Links = ToIntegration,
        },
        new()
        {
            Name = "webhook-silence",
            What = "times as long silent as usual",
            Unit = IndicatorUnit.Count,
            Usual = new(Expected: 1, Alert: Silence.Factor, Clear: 1, Silence.MinSample, Quarter),
            Sql = SilentTopics,
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
        Sql =
            $"""
            select kind as Subject, percentile_disc(0.95) within group (order by extract(epoch from least(decided_at, @to) - created_at))::float8 as Value, count(*) as Sample
            from approvals
            where kind in ({string.Join(", ", kinds.Select(kind => $"'{kind}'"))}) and required > 0 and created_at < @to and (decided_at is null or decided_at >= @from)
            group by kind
            """,
        Links = ["/api/approvals?kind={subject}&state=pending"],
    };

    /// <summary>Of those that were decided then. What is still on its way says nothing yet.</summary>
    private const string DraftsSent =
        $"""
        select kind as Subject, avg((state = 'sent')::int)::float8 as Value, count(*) as Sample
        from approvals
        where kind = '{GuardedKinds.SupportReply}' and state in ('sent', 'rejected', 'expired', 'failed') and decided_at >= @from and decided_at < @to
        group by kind
        """;

    /// <summary>Posts that are younger than that and have not ended say nothing yet.</summary>
    private const string PostsInTime =
        """
        select 'publer' as Subject, avg((status = 'complete' and finished_at <= released_at + interval '5 min')::int)::float8 as Value, count(*) as Sample
        from social_posts
        where source = 'publer' and released_at >= @from and released_at < @to
          and (finished_at is not null or released_at < hotdash_now() - interval '5 min')
        having count(*) > 0
        """;

    private static string DegradedAnswers =>
        $"""
        with answers as (
            select integration, operation, kinds[{Index(OutcomeKind.Ok)}] as answers from outcomes
            where at >= @from and at < @to and source = '{OutcomeSources.Answers}')
        select integration as Subject, (coalesce(sum(answers) filter (where operation in ('{Sources.Snapshot}', '{Sources.Mock}')), 0) / sum(answers))::float8 as Value,
               sum(answers)::bigint as Sample
        from answers group by integration having sum(answers) > 0
        """;

    /// <summary>Health checks count: where a key is refused, they may be the only calls that are still made.</summary>
    private static string RefusedCredentials =>
        $"""
        select integration as Subject, sum({Sum(OutcomeKind.Unauthorized)})::float8 as Value, sum({Sum(Calls)})::bigint as Sample
        from outcomes where at >= @from and at < @to and source <> '{OutcomeSources.Answers}'
        group by integration having sum({Sum(Calls)}) > 0
        """;

    private static string SilentTopics =>
        $"""
        with recursive topics as (
            (select source, topic from webhook_events order by source, topic limit 1)
            union all
            select next.source, next.topic from topics cross join lateral (
                select source, topic from webhook_events where (source, topic) > (topics.source, topics.topic) order by source, topic limit 1) next)
        select source || '/' || topic as Subject, (extract(epoch from silent) / greatest(extract(epoch from usual), {(int)(Silence.AtLeast / Silence.Factor).TotalSeconds}))::float8 as Value, sample::bigint as Sample
        from topics cross join lateral ({WebhookSilence.OfTopic("topics", until: "@to")}) told
        where usual is not null
        """;

    private static string ShareOfCalls(params OutcomeKind[] kinds) =>
        $"""
        select integration as Subject, (sum({Sum(kinds)}) / sum({Sum(Calls)}))::float8 as Value, sum({Sum(Calls)})::bigint as Sample
        from outcomes where at >= @from and at < @to and source not in ({OutcomeSources.NotCalls})
        group by integration having sum({Sum(Calls)}) > 0
        """;

    /// <summary>A row of an older build may know fewer kinds.</summary>
    private static string Sum(params OutcomeKind[] kinds) => string.Join(" + ", kinds.Select(kind => $"coalesce(kinds[{Index(kind)}], 0)"));

    /// <summary>Arrays in Postgres begin with 1.</summary>
    private static int Index(OutcomeKind kind) => (int)kind + 1;
}
