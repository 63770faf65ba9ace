using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.ServiceDefaults.Npgsql;

/// <summary>Makes the data source, which checks its connection string, before the host serves anything.</summary>
internal sealed class NpgsqlStartCheck(NpgsqlDataSource store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
