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

    [Fact]
    public async Task A_container_without_a_runtime_says_what_to_do()
    {
        Assert.SkipWhen(File.Exists("/var/run/docker.sock"), "There is a container runtime here.");
        await using var app = new AppUnderTest("--Postgres:Mode=container");
        app.Builder.AddPostgres("postgres").WithDataVolume().AddDatabase("orders");

        await app.StartAsync();
        var server = await app.WaitAsync("postgres", KnownResourceStates.RuntimeUnhealthy);

        var reason = Assert.Single(server.Snapshot.Properties, p => p.Name == "resource.failureReason").Value;
        Assert.Equal("No container runtime answers: start Docker or Podman, or run without containers (Postgres:Mode=embedded).", reason);
        await app.WaitAsync("orders", KnownResourceStates.Waiting);
    }
}
