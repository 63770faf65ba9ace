using Npgsql;

namespace HotDash.TestWorker;

/// <summary>
/// The least that a queue in a table can do: claim and delete in one statement. What it claims is lost if it dies. It measures
/// the database, and is what the benchmark holds the real queue against.
/// </summary>
internal static class BareLoop
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(5);

    public static async Task RunAsync(string connectionString, int batch)
    {
        await using var store = NpgsqlDataSource.Create(connectionString);
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
