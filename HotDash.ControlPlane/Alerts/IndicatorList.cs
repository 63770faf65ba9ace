using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Alerts;

/// <summary>Every indicator there is, and its usual limits.</summary>
public static class IndicatorList
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly string[] ToIntegration = ["/api/integrations/{subject}", "/api/dead-letters?integration={subject}"];

    private static readonly OutcomeKind[] Calls = [.. Enum.GetValues<OutcomeKind>().Where(CallCounts.Counts)];

    public static IReadOnlyList<Indicator> All { get; } =
    [
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
    ];

    /// <returns>Null when there is none of this name, or not any more.</returns>
    public static Indicator? Find(string name) => All.FirstOrDefault(indicator => indicator.Name == name);

    /// <summary>Posts that are younger than that and have not ended say nothing yet.</summary>
    private const string PostsInTime =
        """
        select 'publer' as Subject, avg((status = 'complete' and finished_at <= accepted_at + interval '5 min')::int)::float8 as Value, count(*) as Sample
        from social_posts
        where source = 'publer' and accepted_at >= @from and accepted_at < @to
          and (finished_at is not null or accepted_at < hotdash_now() - interval '5 min')
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
