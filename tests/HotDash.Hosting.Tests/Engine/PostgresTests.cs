using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace HotDash.Hosting.Tests.Engine;

public sealed class PostgresTests
{
    [Fact]
    public async Task The_embedded_server_gets_its_databases_and_is_started_again_when_it_dies()
    {
        await using var app = new AppUnderTest();
        var server = app.Builder.AddPostgres("postgres").WithDataVolume();
        var database = server.AddDatabase("orders");

        await app.StartAsync();
        var first = await app.WaitAsync("orders", s => s.HealthStatus is HealthStatus.Healthy);
        await using (var connection = new NpgsqlConnection(await ((IResourceWithConnectionString)database.Resource).GetConnectionStringAsync(app.Token) + ";Pooling=false"))
        {
            await connection.OpenAsync(app.Token);
        }

        var running = await app.WaitAsync("postgres", s => s.HealthStatus is HealthStatus.Healthy);
        var pid = Convert.ToInt32(running.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, CultureInfo.InvariantCulture);
        Process.GetProcessById(pid).Kill();
        await app.WaitAsync("orders", s => s.HealthStatus is null);
        await app.WaitAsync("orders", s => s.HealthStatus is HealthStatus.Healthy);

        Assert.Equal("PostgresDatabase", first.Snapshot.ResourceType);
        Assert.Contains(new RelationshipSnapshot("postgres", "Parent"), first.Snapshot.Relationships);
    }
}
