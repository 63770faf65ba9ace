using Npgsql;

namespace HotDash.ControlPlane.Jobs;

/// <summary>The statements of the queue.</summary>
internal static class JobSql
{
    /// <summary>
    /// Precedes the others in their transaction. The statistics of a queue are always out of date: a planner who takes a full queue
    /// for an empty one would read and sort all of it for each claim. It also makes it safe to prepare them: there is one plan only.
    /// </summary>
    public static NpgsqlBatchCommand OnlyIndexes() => new(
        """
        select set_config(name, 'off', true)
        from unnest(array['enable_seqscan', 'enable_bitmapscan', 'enable_sort', 'enable_hashjoin', 'enable_mergejoin']) name
        """);

    public static NpgsqlBatchCommand Claim(int limit, string worker, TimeSpan lease) => new(
        """
        with due as materialized (
            select id from jobs
            where dead_at is null and due_at <= hotdash_now() and (leased_until is null or leased_until <= hotdash_now())
            order by due_at limit @limit for update skip locked)
        update jobs set leased_until = hotdash_now() + @lease, fence = nextval('job_fences'), attempt = attempt + 1, leased_by = @worker
        from due where jobs.id = due.id
        returning jobs.id, fence, kind, payload, attempt, max_attempts, every, traceparent
        """)
    {
        Parameters = { new("limit", limit), new("lease", lease), new("worker", worker) },
    };

    public static NpgsqlBatchCommand Delete(IReadOnlyCollection<FinishedJob> jobs) => Named(
        "delete from jobs using unnest(@ids, @fences) as done (id, fence) where jobs.id = done.id and jobs.fence = done.fence returning jobs.fence",
        jobs.Select(job => job.Lease));

    public static NpgsqlBatchCommand Update(IReadOnlyCollection<FinishedJob> jobs)
    {
        var command = Named(
            """
            update jobs set
              leased_by = null, leased_until = null, attempt = ended.attempt, last_error = ended.error,
              dead_at = case when ended.dead then hotdash_now() end,
              due_at = coalesce(hotdash_now() + ended.wait, date_bin(every, hotdash_now(), created_at) + every, due_at)
            from unnest(@ids, @fences, @attempts, @errors, @dead, @waits) as ended (id, fence, attempt, error, dead, wait)
            where jobs.id = ended.id and jobs.fence = ended.fence
            returning jobs.fence
            """,
            jobs.Select(job => job.Lease));
        command.Parameters.Add(new("attempts", jobs.Select(job => Math.Max(0, job.Attempt)).ToArray()));
        command.Parameters.Add(new("errors", jobs.Select(job => job.Error).ToArray()));
        command.Parameters.Add(new("dead", jobs.Select(job => job.End is JobEnd.Dead).ToArray()));
        command.Parameters.Add(new("waits", jobs.Select(job => job.Wait).ToArray()));

        return command;
    }

    /// <summary>
    /// A row that is locked is skipped: it is our own job in its fenced transaction, which must not hold up the other leases.
    /// It answers false; a row that is missing in the answer is lost.
    /// </summary>
    public static NpgsqlBatchCommand Renew(IReadOnlyCollection<JobLease> leases, TimeSpan length)
    {
        var command = Named(
            """
            with ours as materialized (
                select jobs.id, jobs.fence from jobs join unnest(@ids, @fences) as held (id, fence) on jobs.id = held.id and jobs.fence = held.fence),
            free as materialized (
                select jobs.id from jobs join ours on jobs.id = ours.id and jobs.fence = ours.fence for no key update of jobs skip locked),
            renewed as (
                update jobs set leased_until = greatest(leased_until, hotdash_now() + @length) from free where jobs.id = free.id returning jobs.fence)
            select ours.fence, renewed.fence is not null from ours left join renewed on renewed.fence = ours.fence
            """,
            leases);
        command.Parameters.Add(new("length", length));

        return command;
    }

    public const string SetRecurring =
        """
        with listed as materialized (
            select * from unnest(@ids, @kinds, @periods) as listed (id, kind, every)),
        ended as (
            delete from jobs where every is not null and kind not in (select kind from listed))
        insert into jobs (id, kind, payload, unique_key, every, due_at, max_attempts)
        select id, kind, 'null', 'recurring:' || kind, every, hotdash_now(), 1 from listed
        on conflict (unique_key) where unique_key is not null and dead_at is null
        do update set every = excluded.every, due_at = least(jobs.due_at, hotdash_now() + excluded.every)
        where jobs.every is distinct from excluded.every
        """;

    public const string Prune =
        """
        delete from jobs where id in (
            select id from jobs where dead_at < hotdash_now() - @retention order by dead_at limit @limit for update skip locked)
        """;

    /// <summary>Looks at the front of the queue only: what is leased stays there, and no more is leased than can run.</summary>
    public const string NextDue =
        """
        select min(coalesce(leased_until, due_at)) - hotdash_now()
        from (select due_at, leased_until from jobs where dead_at is null order by due_at limit 1000) front
        """;

    public const string Measure =
        """
        select kind,
               count(*) filter (where dead_at is null) as depth,
               coalesce(max(hotdash_now() - due_at) filter (where dead_at is null), interval '0') as oldestAge,
               count(*) filter (where dead_at is not null) as dead
        from jobs
        where dead_at is not null or due_at <= hotdash_now() and (leased_until is null or leased_until <= hotdash_now())
        group by kind
        """;

    private static NpgsqlBatchCommand Named(string sql, IEnumerable<JobLease> leases)
    {
        var held = leases.ToList();
        return new NpgsqlBatchCommand(sql)
        {
            Parameters =
            {
                new("ids", held.Select(lease => lease.JobId).ToArray()),
                new("fences", held.Select(lease => lease.Fence).ToArray()),
            },
        };
    }
}
