using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Engine.Health;

/// <summary>Healthy means: a connection can be opened and answers.</summary>
internal sealed class PostgresCheck(IResourceWithConnectionString resource) : IHealthCheck
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static string KeyOf(IResource resource) => $"{resource.Name}_check";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await resource.OpenAsync(database: null, cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}

internal static class PostgresConnections
{
    /// <summary>A connection outside any pool: an idle one would hold up the server's shutdown.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(this IResourceWithConnectionString resource, string? database, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(await resource.GetConnectionStringAsync(ct)) { Pooling = false, Timeout = 3 };
        settings.Database = database ?? settings.Database;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
