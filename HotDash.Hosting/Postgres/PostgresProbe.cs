using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>Asks a server whether it answers, and sees to it that a database exists.</summary>
/// <param name="connectionString">How to reach it.</param>
/// <param name="database">Which of its databases, when the connection string does not say.</param>
internal sealed class PostgresProbe(string connectionString, string? database = null)
{
    private const string WrongPassword = PostgresErrorCodes.InvalidPassword;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Not pooled: an idle connection of ours would be the last client that a server waits for.
    private readonly string _connectionString = Describe(connectionString, database);

    /// <summary>Null when it answers; else why not, in a sentence without secrets.</summary>
    public async Task<string?> AskAsync(CancellationToken ct)
    {
        try
        {
            await ExecuteAsync("select 1", ct);
            return null;
        }
        catch (PostgresException e) when (e.SqlState == WrongPassword)
        {
            return Refused();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            return e.Message;
        }
    }

    /// <summary>Returns when the server answers.</summary>
    /// <exception cref="DistributedApplicationException">It refuses our password: waiting would not help.</exception>
    public async Task WaitAsync(CancellationToken ct)
    {
        while (await AskAsync(ct) is { } why)
        {
            if (why == Refused())
                throw new DistributedApplicationException(why);

            await Task.Delay(Pause, ct);
        }
    }

    public async Task EnsureDatabaseAsync(string name, CancellationToken ct)
    {
        try
        {
            await ExecuteAsync($"create database {Quote(name)}", ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // It is there, which is all that was asked.
        }
    }

    /// <summary>Runs one statement outside any transaction.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Describe(string connectionString, string? database)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 3 };
        settings.Database ??= database;
        return settings.ConnectionString;
    }

    private string Refused() =>
        $"PostgreSQL refuses the password of '{new NpgsqlConnectionStringBuilder(_connectionString).Username}': its data was made with another one, "
        + "so give that one (Parameters:postgres-password), or remove the data folder to start empty.";
}
