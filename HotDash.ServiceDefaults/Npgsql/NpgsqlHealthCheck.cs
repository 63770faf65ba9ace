using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace HotDash.ServiceDefaults.Npgsql;

internal sealed class NpgsqlHealthCheck(NpgsqlDataSource store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = store.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);

            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return new(context.Registration.FailureStatus, "PostgreSQL does not answer.", e);
        }
    }
}
