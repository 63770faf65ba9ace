using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Alerts;

/// <summary>What <see cref="IndicatorList"/> asks the store: see <see cref="Indicator.Sql"/>.</summary>
internal static class IndicatorSql
{
    private static readonly OutcomeKind[] Calls = [.. Enum.GetValues<OutcomeKind>().Where(CallCounts.Counts)];

    public static string Errors => ShareOfCalls([.. Calls.Where(CallCounts.IsError)]);

    public static string RateLimited => ShareOfCalls(OutcomeKind.RateLimited);

    public static string DecisionTimes(string[] kinds) =>
        $"""
        select kind as Subject, percentile_disc(0.95) within group (order by extract(epoch from least(decided_at, @to) - created_at))::float8 as Value, count(*) as Sample
        from approvals
        where kind in ({string.Join(", ", kinds.Select(kind => $"'{kind}'"))}) and required > 0 and created_at < @to and (decided_at is null or decided_at >= @from)
        group by kind
        """;

    /// <summary>Of those that were decided then. What is still on its way says nothing yet.</summary>
    public const string DraftsSent =
        $"""
        select kind as Subject, avg((state = 'sent')::int)::float8 as Value, count(*) as Sample
        from approvals
        where kind = '{GuardedKinds.SupportReply}' and state in ('sent', 'rejected', 'expired', 'failed') and decided_at >= @from and decided_at < @to
        group by kind
        """;

    /// <summary>Posts that are younger than that and have not ended say nothing yet.</summary>
    public const string PostsInTime =
        """
        select 'publer' as Subject, avg((status = 'complete' and finished_at <= released_at + interval '5 min')::int)::float8 as Value, count(*) as Sample
        from social_posts
        where source = 'publer' and released_at >= @from and released_at < @to
          and (finished_at is not null or released_at < hotdash_now() - interval '5 min')
        having count(*) > 0
        """;

    public static string DegradedAnswers =>
        $"""
        with answers as (
            select integration, operation, kinds[{Index(OutcomeKind.Ok)}] as answers from outcomes
            where at >= @from and at < @to and source = '{OutcomeSources.Answers}')
        select integration as Subject, (coalesce(sum(answers) filter (where operation in ('{Sources.Snapshot}', '{Sources.Mock}')), 0) / sum(answers))::float8 as Value,
               sum(answers)::bigint as Sample
        from answers group by integration having sum(answers) > 0
        """;

    /// <summary>Health checks count: where a key is refused, they may be the only calls that are still made.</summary>
    public static string RefusedCredentials =>
        $"""
        select integration as Subject, sum({Sum(OutcomeKind.Unauthorized)})::float8 as Value, sum({Sum(Calls)})::bigint as Sample
        from outcomes where at >= @from and at < @to and source <> '{OutcomeSources.Answers}'
        group by integration having sum({Sum(Calls)}) > 0
        """;

    public static string SilentTopics(SilenceOptions silence) =>
        $"""
        with recursive topics as (
            (select source, topic from webhook_events order by source, topic limit 1)
            union all
            select next.source, next.topic from topics cross join lateral (
                select source, topic from webhook_events where (source, topic) > (topics.source, topics.topic) order by source, topic limit 1) next)
        select source || '/' || topic as Subject, (extract(epoch from silent) / greatest(extract(epoch from usual), {(int)(silence.AtLeast / silence.Factor).TotalSeconds}))::float8 as Value, sample::bigint as Sample
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
