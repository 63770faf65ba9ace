using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Dapper;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Jobs;

/// <summary>The way into the queue: a job is stored in the caller's transaction, so it exists exactly if the caller's rows do.</summary>
public sealed partial class JobQueue(NpgsqlDataSource store, ILogger<JobQueue> logger)
{
    internal const string Channel = "hotdash_jobs";

    private int _waking;

    /// <summary>Stores a job. Call <see cref="Wake"/> after the commit; without it the job waits for the next poll.</summary>
    /// <param name="kind">The stable name under which the job is registered in the pollers' job list.</param>
    /// <param name="payload">What the job needs, as a JSON-serialisable value; ids rather than copies.</param>
    /// <returns>The job's id; that of the living job if there is one with the same id or unique key.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "Whoever enqueues must also wake, so they get the queue itself.")]
    public async Task<Guid> EnqueueAsync<TPayload>(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string kind,
        TPayload payload,
        EnqueueOptions? options = null,
        CancellationToken ct = default)
    {
        options ??= EnqueueOptions.Default;
        var row = JobRow.Create(kind, JsonSerializer.Serialize(payload, JobJson.Options), options);

        while (true)
        {
            var insert = new CommandDefinition(InsertSql, row, transaction, cancellationToken: ct);
            if (await connection.ExecuteAsync(insert) == 1)
                return row.Id;

            // A living job stands in the way. It may end before we read it; then the way is free.
            var find = new CommandDefinition(FindSql, row, transaction, cancellationToken: ct);
            if (await connection.ExecuteScalarAsync<Guid?>(find) is { } living)
                return living;
        }
    }

    /// <summary>A recurring job runs within this time, if it would have run later. Needs no wake: the time is for what else may come until then.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "It belongs to the queue, as EnqueueAsync does.")]
    public Task HastenAsync(NpgsqlTransaction transaction, string kind, TimeSpan within, CancellationToken ct) => transaction.ExecuteAsync(
        """
        update jobs set due_at = hotdash_now() + @within
        where unique_key = 'recurring:' || @kind and dead_at is null and due_at > hotdash_now() + @within
        """,
        new { kind, within }, ct);

    /// <summary>
    /// Tells the pollers to look now. One notification covers all jobs enqueued since the last: a NOTIFY within every enqueueing
    /// transaction would serialise their commits. A notification that gets lost costs one poll interval.
    /// </summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _waking, 1) == 0)
            _ = Task.Run(NotifyAsync);
    }

    private async Task NotifyAsync()
    {
        try
        {
            await using var connection = await store.OpenConnectionAsync();
            Volatile.Write(ref _waking, 0); // from here on a new Wake must send again: its job may not be seen by this one
            await connection.ExecuteAsync($"notify {Channel}");
        }
        catch (NpgsqlException e)
        {
            Volatile.Write(ref _waking, 0);
            LogNotWoken(e.Message);
        }
    }

    private const string InsertSql =
        """
        insert into jobs (id, kind, payload, unique_key, due_at, max_attempts, traceparent)
        values (@Id, @Kind, @Payload, @UniqueKey, coalesce(@RunAt, hotdash_now() + @Delay), @MaxAttempts, @Traceparent)
        on conflict do nothing
        """;

    private const string FindSql =
        "select id from jobs where id = @Id or (unique_key = @UniqueKey and dead_at is null) order by id = @Id desc limit 1";

    [LoggerMessage(Level = LogLevel.Debug, Message = "Pollers were not woken ({Why}); they find the job at their next poll.")]
    private partial void LogNotWoken(string why);

    private sealed record JobRow(
        Guid Id, string Kind, string Payload, string? UniqueKey, DateTimeOffset? RunAt, TimeSpan Delay, int MaxAttempts, string? Traceparent)
    {
        public static JobRow Create(string kind, string payload, EnqueueOptions options)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(kind);
            if (options is { Delay: not null, RunAt: not null } or { MaxAttempts: < 1 })
                throw new ArgumentException("Give either Delay or RunAt, not both; and MaxAttempts of at least 1.", nameof(options));

            return new(
                options.Id ?? Guid.CreateVersion7(), kind, payload, options.UniqueKey, options.RunAt?.ToUniversalTime(),
                options.Delay ?? TimeSpan.Zero, options.MaxAttempts, Activity.Current?.Id);
        }
    }
}
