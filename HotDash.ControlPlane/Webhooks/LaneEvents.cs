using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>The events of a lane, for the job that handles them.</summary>
internal sealed class LaneEvents(NpgsqlDataSource store, WebhookVault vault)
{
    private const int Most = 50;

    /// <summary>Settles what nobody here handles: it is kept, but nothing comes of it. What is no event at all is for a person to look at.</summary>
    /// <param name="handled">Source and topic, with a blank in between.</param>
    public Task<int> PassOverAsync(short lane, IReadOnlyCollection<string> handled, CancellationToken ct) => store.ExecuteAsync(
        """
        update webhook_events set
            state = case topic when @unreadable then 'poison' else 'ignored' end,
            last_error = case topic when @unreadable then 'The body is not what its sender sends.' end,
            settled_at = hotdash_now()
        where lane = @lane and state = 'pending' and source || ' ' || topic <> all (@handled)
        """,
        new { lane, handled, unreadable = WebhookNames.Unreadable }, ct);

    /// <summary>The first event of each resource, where it is due and handled here.</summary>
    /// <param name="lane">Of the events.</param>
    /// <param name="handled">Source and topic, with a blank in between.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<Guid>> NextAsync(short lane, IReadOnlyCollection<string> handled, CancellationToken ct)
    {
        await using var command = store.CreateCommand(
            """
            select id from webhook_events event
            where lane = $1 and state = 'pending' and due_at <= hotdash_now() and source || ' ' || topic = any ($3) and not exists (
                select from webhook_events earlier
                where earlier.source = event.source and earlier.resource = event.resource and earlier.state = 'pending' and earlier.seq < event.seq)
            order by seq limit $2
            """);
        command.Parameters.Add(new() { Value = lane });
        command.Parameters.Add(new() { Value = Most });
        command.Parameters.Add(new() { Value = handled.ToArray() });

        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            ids.Add(reader.GetGuid(0));

        return ids;
    }

    /// <summary>
    /// Hands the event over, and marks it as done in the same transaction: both happen, or neither. What was handled already when it was read
    /// from the provider is not handled again when it is told late, nor the other way round.
    /// </summary>
    public Task HandleAsync(Guid id, JobContext job, Func<WebhookEvent, NpgsqlTransaction, Task> handle, CancellationToken ct) => job.InFencedTransactionAsync(
        async (_, transaction) =>
        {
            var row = await transaction.QueryFirstAsync<Row>(
                """
                select source, topic, resource, received_at as ReceivedAt, backfilled, body from webhook_events where id = @id and state = 'pending' for update
                """,
                new { id }, ct);
            if (row is null)
                return;

            var happened = Open(id, row);
            var mark = WebhookMarks.Of(happened);
            if (mark is null || !await WasHandledAsync(transaction, row, mark, ct))
                await handle(happened, transaction);
            await transaction.ExecuteAsync(
                "update webhook_events set state = 'done', attempts = attempts + 1, last_error = null, settled_at = hotdash_now(), mark = @mark where id = @id",
                new { id, mark }, ct);
        },
        ct);

    /// <summary>It is tried again after <paramref name="wait"/>, later each time, until it was tried often enough.</summary>
    public static Task FailedAsync(Guid id, JobContext job, string why, int maxAttempts, TimeSpan wait, CancellationToken ct) => job.InFencedTransactionAsync(
        (_, transaction) => transaction.ExecuteAsync(
            """
            update webhook_events set
                attempts = attempts + 1, last_error = @why, due_at = hotdash_now() + @wait * power(3, attempts),
                state = case when attempts + 1 >= @maxAttempts then 'poison' else 'pending' end,
                settled_at = case when attempts + 1 >= @maxAttempts then hotdash_now() end
            where id = @id and state = 'pending'
            """,
            new { id, why, maxAttempts, wait }, ct),
        ct);

    /// <summary>Events of one resource come one after the other, so nobody handles the other one meanwhile.</summary>
    private static Task<bool> WasHandledAsync(NpgsqlTransaction transaction, Row row, string mark, CancellationToken ct) => transaction.QueryFirstAsync<bool>(
        """
        select exists (
            select from webhook_events
            where source = @Source and resource = @Resource and topic = @Topic and mark = @mark and state = 'done' and (backfilled or @Backfilled))
        """,
        new { row.Source, row.Resource, row.Topic, row.Backfilled, mark }, ct);

    private WebhookEvent Open(Guid id, Row row) => new()
    {
        Id = id,
        Source = row.Source,
        Topic = row.Topic,
        Resource = row.Resource,
        ReceivedAt = new(row.ReceivedAt),
        Body = vault.Open(id, row.Body) ?? throw new UnreadableWebhookException("The body cannot be opened: its data-protection key is gone."),
    };

    private sealed record Row(string Source, string Topic, string Resource, DateTime ReceivedAt, bool Backfilled, byte[] Body);
}
