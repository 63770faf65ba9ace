using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Snapshots;

/// <summary>The last good live answer of a read, as JSON, and when it was given.</summary>
public sealed record Snapshot(string Json, DateTimeOffset AsOf);

/// <summary>Snapshots by key. Writes replace, and an older answer never replaces a newer one.</summary>
public sealed class SnapshotStore(NpgsqlDataSource store)
{
    public async Task SaveAsync(string key, string json, DateTimeOffset asOf, CancellationToken ct = default)
    {
        await store.ExecuteAsync(
            """
            insert into snapshots (key, body, as_of) values (@key, @json, @asOf)
            on conflict (key) do update set body = excluded.body, as_of = excluded.as_of
            where snapshots.as_of <= excluded.as_of
            """,
            new { key, json, asOf = asOf.ToUniversalTime() }, ct);
    }

    public async Task<Snapshot?> GetAsync(string key, CancellationToken ct = default)
    {
        var row = await store.QueryFirstAsync<Row>("select body, as_of from snapshots where key = @key", new { key }, ct);

        return row is null ? null : new Snapshot(row.Body, new DateTimeOffset(row.As_of));
    }

    private sealed record Row(string Body, DateTime As_of);
}
