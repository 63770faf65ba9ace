using HotDash.ControlPlane.Store;
using Npgsql;
using NpgsqlTypes;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Where events are kept.</summary>
internal sealed class WebhookStore(NpgsqlDataSource store)
{
    /// <summary>Keeps events, all or none, in one transaction: one flush to disk for all of them.</summary>
    /// <returns>
    /// Under which id each is kept: its own, or that of its first delivery, which is asked for only when there was one; null when that is gone meanwhile.
    /// </returns>
    public async Task<IReadOnlyList<Guid?>> KeepAsync(IReadOnlyList<WebhookRow> rows, CancellationToken ct)
    {
        await using var command = store.CreateCommand(
            """
            insert into webhook_events (id, source, delivery_id, topic, resource, lane, bytes, body, backfilled)
            select * from unnest(@ids, @sources, @deliveries, @topics, @resources, @lanes, @sizes, @bodies, @backfilled)
            on conflict do nothing
            returning id
            """);
        Add(command, "ids", NpgsqlDbType.Uuid, rows.Select(row => row.Id));
        Add(command, "sources", NpgsqlDbType.Text, rows.Select(row => row.Source));
        Add(command, "deliveries", NpgsqlDbType.Text, rows.Select(row => row.Subject.DeliveryId));
        Add(command, "topics", NpgsqlDbType.Text, rows.Select(row => row.Subject.Topic));
        Add(command, "resources", NpgsqlDbType.Text, rows.Select(row => row.Subject.Resource));
        Add(command, "lanes", NpgsqlDbType.Smallint, rows.Select(row => row.Lane));
        Add(command, "sizes", NpgsqlDbType.Integer, rows.Select(row => row.Bytes));
        Add(command, "bodies", NpgsqlDbType.Bytea, rows.Select(row => row.Sealed));
        Add(command, "backfilled", NpgsqlDbType.Boolean, rows.Select(row => row.Backfilled));

        var kept = new HashSet<Guid>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                kept.Add(reader.GetGuid(0));
        }

        var known = kept.Count == rows.Count ? [] : await FindAsync([.. rows.Where(row => !kept.Contains(row.Id))], ct);
        return [.. rows.Select(row => kept.Contains(row.Id) ? row.Id : known.TryGetValue(row.Id, out var first) ? first : (Guid?)null)];
    }

    private async Task<Dictionary<Guid, Guid>> FindAsync(IReadOnlyList<WebhookRow> rows, CancellationToken ct) =>
        (await store.QueryAsync<(Guid Id, Guid First)>(
            """
            select given.id, event.id from unnest(@ids, @sources, @deliveries) given (id, source, delivery_id)
            join webhook_events event using (source, delivery_id)
            """,
            new
            {
                ids = rows.Select(row => row.Id).ToArray(),
                sources = rows.Select(row => row.Source).ToArray(),
                deliveries = rows.Select(row => row.Subject.DeliveryId).ToArray(),
            },
            ct))
        .ToDictionary(row => row.Id, row => row.First);

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() });
}
