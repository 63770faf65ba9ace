using Npgsql;

namespace HotDash.TestWorker;

/// <summary>
/// The least that a queue in a table can do: claim and delete in one statement. What it claims is lost if it dies. It measures
/// the database, and is what the benchmark holds the real queue against.
/// </summary>
internal static class BareLoop
{
    /// <summary>What the queue does for itself: without it, the figures would tell of the planner's luck.</summary>
    private const string OnlyIndexes =
        "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_sort=off -c enable_hashjoin=off -c enable_mergejoin=off";

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(string connectionString, int batch)
    {
        var session = new NpgsqlConnectionStringBuilder(connectionString) { Options = OnlyIndexes };
        await using var store = NpgsqlDataSource.Create(session.ConnectionString);
        await using var connection = await store.OpenConnectionAsync();
        while (true)
        {
            if (await TakeAsync(connection, batch) == 0)
                await Task.Delay(Idle);
        }
    }

    private static async Task<int> TakeAsync(NpgsqlConnection connection, int batch)
    {
        await using var command = new NpgsqlCommand(
            """
            with due as materialized (
                select id from jobs where dead_at is null and due_at <= now() order by due_at limit @batch for update skip locked)
            delete from jobs using due where jobs.id = due.id returning jobs.id, kind, payload
            """,
            connection);
        command.Parameters.Add(new("batch", batch));
        await using var reader = await command.ExecuteReaderAsync();

        var taken = 0;
        while (await reader.ReadAsync())
        {
            _ = (reader.GetGuid(0), reader.GetString(1), reader.GetString(2));
            taken++;
        }

        return taken;
    }
}
