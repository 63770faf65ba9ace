using Dapper;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Store;

public sealed class StoreRegistrationTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task Postgres_ends_the_transaction_of_a_process_that_froze_in_the_middle_of_it()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:hotdash", ConnectionString), new("DATA_PROTECTION_KEY", "sixteen characters")]);
        builder.AddControlPlane();
        using var host = builder.Build();

        await using var connection = await host.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Ct);
        var patience = await connection.ExecuteScalarAsync<string>("show idle_in_transaction_session_timeout");

        Assert.Equal("5s", patience);
    }
}
