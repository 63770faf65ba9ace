using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aspire.Hosting.Engine.Health;

/// <summary>Creates a server's databases when it is ready; a database is up and down with its server.</summary>
internal sealed class PostgresDatabases(ResourceNotificationService notifications, ResourceLoggerService loggers)
{
    public async Task RunAsync(PostgresServerResource server, CancellationToken ct)
    {
        while (true)
        {
            await notifications.WaitForResourceAsync(server.Name, e => e.Snapshot.HealthStatus is HealthStatus.Healthy, ct);
            foreach (var database in server.DatabaseResources)
                await CreateAsync(server, database, ct);

            var down = await notifications.WaitForResourceAsync(
                server.Name, e => e.Snapshot.State?.Text != KnownResourceStates.Running, ct);
            foreach (var database in server.DatabaseResources)
                await notifications.PublishUpdateAsync(database, s => s.Fresh() with { State = down.Snapshot.State });
        }
    }

    private async Task CreateAsync(PostgresServerResource server, PostgresDatabaseResource database, CancellationToken ct)
    {
        try
        {
            var probe = new PostgresProbe((await server.ConnectionStringExpression.GetValueAsync(ct))!, database: "postgres");
            await probe.EnsureDatabaseAsync(database.DatabaseName, ct);
        }
        catch (NpgsqlException e)
        {
            loggers.GetLogger(database).LogError(e, "The database could not be created.");
            await notifications.PublishUpdateAsync(database, s => s.Failed(e.Message, DateTime.UtcNow));
            return;
        }

        await notifications.PublishUpdateAsync(database, s => s.In(KnownResourceStates.Running, KnownResourceStateStyles.Success));
    }
}
