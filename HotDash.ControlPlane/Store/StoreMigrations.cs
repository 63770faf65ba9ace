using System.Data;
using Dapper;
using Npgsql;

namespace HotDash.ControlPlane.Store;

/// <summary>Brings the store to the shape that this build expects. Any number of processes may try at once: one does it, the others wait.</summary>
public static class StoreMigrations
{
    private const long LockKey = 0x486F7444617368; // "HotDash"

    /// <returns>The names of the migrations that were applied now.</returns>
    /// <exception cref="MigrationException">An old migration was changed or is missing, or a new one failed.</exception>
    public static Task<IReadOnlyList<string>> ApplyAsync(NpgsqlDataSource store, CancellationToken ct = default) =>
        ApplyAsync(store, Migration.Embedded, ct);

    internal static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlDataSource store, IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        // The lock is the connection's that does the work: should one be cut off, so is the other.
        await using var connection = await store.OpenConnectionAsync(ct);
        await LockAsync(connection, ct);
        try
        {
            return await ApplyAsync(connection, migrations, ct);
        }
        finally
        {
            if (connection.State is ConnectionState.Open) // the pool would keep the lock along with the connection
                await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    private static async Task<IReadOnlyList<string>> ApplyAsync(NpgsqlConnection connection, IReadOnlyList<Migration> migrations, CancellationToken ct)
    {
        var applied = await ReadAppliedAsync(connection, ct);
        Compare(migrations, applied);

        var missing = migrations.Where(migration => !applied.ContainsKey(migration.Number)).ToList();
        foreach (var migration in missing)
            await ApplyAsync(connection, migration, ct);

        return [.. missing.Select(migration => migration.Name)];
    }

    /// <summary>Asks again and again instead of blocking: a statement that waits would hold back other sessions' cleanup.</summary>
    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        while (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition("select pg_try_advisory_lock(@LockKey)", new { LockKey }, cancellationToken: ct)))
            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
    }

    private static async Task<Dictionary<int, AppliedMigration>> ReadAppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await connection.ExecuteAsync(new CommandDefinition(
            """
            create table if not exists schema_migrations (
              number     int primary key,
              name       text not null,
              checksum   text not null,
              applied_at timestamptz not null default clock_timestamp()
            )
            """,
            cancellationToken: ct));

        var rows = await connection.QueryAsync<AppliedMigration>(
            new CommandDefinition("select number, name, checksum from schema_migrations", cancellationToken: ct));

        return rows.ToDictionary(row => row.Number);
    }

    /// <summary>Migrations newer than this build are fine: a schema is expanded before it is contracted, so older code still works.</summary>
    private static void Compare(IReadOnlyList<Migration> migrations, Dictionary<int, AppliedMigration> applied)
    {
        var ours = migrations.ToDictionary(migration => migration.Number);
        var newest = migrations.Max(migration => migration.Number);

        foreach (var old in applied.Values.Where(old => old.Number <= newest).OrderBy(old => old.Number))
        {
            if (!ours.TryGetValue(old.Number, out var migration) || migration.Name != old.Name)
                throw new MigrationException($"Migration {old.Name} was applied to this database but is missing from this build: restore the file.");

            if (migration.Checksum != old.Checksum)
                throw new MigrationException($"Migration {old.Name} was changed after it had been applied: restore the file, and make the change in a new migration.");
        }
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken ct)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await connection.ExecuteAsync(new CommandDefinition(migration.Sql, transaction: transaction, commandTimeout: 600, cancellationToken: ct));
            await connection.ExecuteAsync(new CommandDefinition(
                "insert into schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)",
                migration, transaction, cancellationToken: ct));
            await transaction.CommitAsync(ct);
        }
        catch (PostgresException e)
        {
            throw new MigrationException($"Migration {migration.Name} failed and changed nothing: {e.MessageText}.", e);
        }
    }

    private sealed record AppliedMigration(int Number, string Name, string Checksum);
}
