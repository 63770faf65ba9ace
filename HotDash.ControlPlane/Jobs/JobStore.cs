using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Jobs;

/// <summary>The runner's side of the table <c>jobs</c>. Statements name the fence of every row they change.</summary>
internal sealed class JobStore(NpgsqlDataSource store, TimeProvider clock)
{
    /// <summary>
    /// Ends what is finished and claims what is due, in one round trip and one commit: with one job per commit the disk would
    /// set the pace, not the database.
    /// </summary>
    public async Task<JobExchange> ExchangeAsync(
        IReadOnlyCollection<FinishedJob> finished, int claim, string worker, TimeSpan lease, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { Timeout = TimeoutFor(lease), BatchCommands = { JobSql.OnlyIndexes() } };

        if (finished.Where(job => job.End is JobEnd.Delete).ToList() is { Count: > 0 } done)
            batch.BatchCommands.Add(JobSql.Delete(done));
        if (finished.Where(job => job.End is not JobEnd.Delete).ToList() is { Count: > 0 } kept)
            batch.BatchCommands.Add(JobSql.Update(kept));
        var ended = batch.BatchCommands.Count - 1;
        if (claim > 0)
            batch.BatchCommands.Add(JobSql.Claim(claim, worker, lease));

        await batch.PrepareAsync(ct);
        var began = clock.GetTimestamp();

        return await ReadAsync(batch, finished, ended, claim > 0, began, lease, ct);
    }

    /// <summary>Lengthens leases in one statement.</summary>
    /// <returns>The fences of the leases that are lost: another worker has the job, or it is gone.</returns>
    public async Task<IReadOnlySet<long>> RenewAsync(IReadOnlyCollection<JobLease> leases, TimeSpan length, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            Timeout = TimeoutFor(length),
            BatchCommands = { JobSql.OnlyIndexes(), JobSql.Renew(leases, length) },
        };
        await batch.PrepareAsync(ct);
        var began = clock.GetTimestamp();

        var answers = new Dictionary<long, bool>();
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
                answers.Add(reader.GetInt64(0), reader.GetBoolean(1));
        }

        foreach (var lease in leases.Where(lease => answers.GetValueOrDefault(lease.Fence)))
            lease.Renew(began, length);

        return leases.Select(lease => lease.Fence).Where(fence => !answers.ContainsKey(fence)).ToHashSet();
    }

    /// <summary>How long until a job may be due, or a lease may end; null when there is no living job.</summary>
    public Task<TimeSpan?> NextDueAsync(CancellationToken ct) => store.QueryFirstAsync<TimeSpan?>(JobSql.NextDue, null, ct);

    /// <summary>Makes the rows of recurring jobs match the list: new ones are due at once, changed periods hold, others end.</summary>
    public Task SetRecurringAsync(IReadOnlyDictionary<string, TimeSpan> periods, CancellationToken ct) => store.ExecuteAsync(
        JobSql.SetRecurring,
        new { ids = periods.Select(_ => Guid.CreateVersion7()).ToArray(), kinds = periods.Keys.ToArray(), periods = periods.Values.ToArray() }, ct);

    /// <summary>Deletes dead jobs older than <paramref name="retention"/>.</summary>
    /// <returns>How many; less than <paramref name="limit"/> when none is left.</returns>
    public Task<int> PruneAsync(TimeSpan retention, int limit, CancellationToken ct) => store.ExecuteAsync(JobSql.Prune, new { retention, limit }, ct);

    public Task<IReadOnlyList<JobBacklog>> MeasureAsync(CancellationToken ct) => store.QueryAsync<JobBacklog>(JobSql.Measure, null, ct);

    /// <summary>Tells every runner to look now.</summary>
    public Task NotifyAsync(CancellationToken ct) => store.ExecuteAsync($"notify {JobQueue.Channel}", null, ct);

    private async Task<JobExchange> ReadAsync(
        NpgsqlBatch batch, IReadOnlyCollection<FinishedJob> finished, int ended, bool claims, long began, TimeSpan lease, CancellationToken ct)
    {
        var stale = finished.Select(job => job.Lease.Fence).ToHashSet();
        var claimed = new List<ClaimedJob>();

        await using var reader = await batch.ExecuteReaderAsync(ct);
        for (var i = 0; i < ended; i++)
        {
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct))
                stale.Remove(reader.GetInt64(0));
        }

        await reader.NextResultAsync(ct);

        while (claims && await reader.ReadAsync(ct))
            claimed.Add(Read(reader, began, lease));

        return new(claimed, stale);
    }

    private ClaimedJob Read(NpgsqlDataReader row, long began, TimeSpan length)
    {
        var lease = new JobLease(row.GetGuid(0), row.GetInt64(1), clock);
        lease.Renew(began, length);

        return new(
            lease, row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5),
            row.IsDBNull(6) ? null : row.GetFieldValue<TimeSpan>(6), row.IsDBNull(7) ? null : row.GetString(7));
    }

    /// <summary>An answer that comes after half the lease is of no use: rather ask again on another connection.</summary>
    private static int TimeoutFor(TimeSpan lease) => Math.Max(1, (int)(lease.TotalSeconds / 2));
}
