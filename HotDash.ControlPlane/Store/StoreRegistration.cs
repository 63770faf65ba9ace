using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.ControlPlane.Store;

internal static class StoreRegistration
{
    public const string ConnectionName = "hotdash";

    public static void AddStore(this IHostApplicationBuilder builder)
    {
        var connectionString = builder.Configuration.GetConnectionString(ConnectionName) ?? "";
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connectionString));
    }
}
