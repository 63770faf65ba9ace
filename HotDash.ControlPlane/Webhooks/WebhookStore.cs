using Npgsql;
using NpgsqlTypes;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Where events are kept.</summary>
internal sealed class WebhookStore(NpgsqlDataSource store)
{
    /// <summary>Keeps events, all or none, in one transaction: one flush to disk for all of them.</summary>
    /// <returns>The ids of those that were not there yet.</returns>
    public async Task<HashSet<Guid>> KeepAsync(IReadOnlyList<WebhookRow> rows, CancellationToken ct)
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
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            kept.Add(reader.GetGuid(0));

        return kept;
    }

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() });
}
