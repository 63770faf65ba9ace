using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Store;

internal static class StoreRegistration
{
    private const string ConnectionName = "hotdash";

    /// <summary>Postgres allows 100 connections by default: five processes must fit.</summary>
    private const int MaxPoolSize = 20;

    public static void AddStore(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddFilter("Npgsql.Command", LogLevel.Warning); // the spans tell of statements; a log line for each poll drowns the rest

        builder.AddNpgsqlDataSource(ConnectionName, configureDataSourceBuilder: store =>
        {
            if (!store.ConnectionStringBuilder.ShouldSerialize("Maximum Pool Size"))
                store.ConnectionStringBuilder.MaxPoolSize = MaxPoolSize;

            // A frozen process may not keep its row locks: others would wait for it, not only for its lease.
            store.ConnectionStringBuilder.Options ??= "-c idle_in_transaction_session_timeout=5s";

            // A poll is nobody's request: without a span around it, it would be a trace of its own every second.
            store.ConfigureTracing(tracing => tracing
                .ConfigureCommandFilter(_ => Activity.Current is not null)
                .ConfigureBatchFilter(_ => Activity.Current is not null));
        });
    }
}
