using HotDash.ControlPlane;
using HotDash.ControlPlane.Keys;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.Migrations;

/// <summary>Prepares the store and ends: exit code 0, or 1 and one sentence that says what to do.</summary>
public static class MigrationsHost
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static HostApplicationBuilder AddHotDashMigrations(this HostApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddControlPlane();
        builder.AddStoreSetup();
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // the sentence at the end says it

        return builder;
    }

    public static async Task<int> RunHotDashMigrationsAsync(this HostApplicationBuilder builder)
    {
        try
        {
            using var host = builder.Build();
            await host.StartAsync();
            await RunAsync(host.Services);
            await host.StopAsync(); // sends the telemetry that is left

            return 0;
        }
        catch (Exception e) when (Explain(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"The migrations failed: {sentence}");
            return 1;
        }
    }

    /// <summary>Postgres may still be starting: an unreachable one is asked again for a while.</summary>
    private static async Task RunAsync(IServiceProvider services)
    {
        var setup = services.GetRequiredService<StoreSetup>();
        using var enough = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await setup.RunAsync(CancellationToken.None);
                return;
            }
            catch (Exception e) when (StoreUnavailableException.IsCause(e) && !enough.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    private static string? Explain(Exception exception) => exception switch
    {
        MigrationException or InvalidApiKeyException or OptionsValidationException or InvalidOperationException => exception.Message,
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "The database does not exist; create it (create database hotdash) and start again.",
        PostgresException e => $"Postgres refused: {e.MessageText}.",
        NpgsqlException or TimeoutException => $"Postgres did not answer within {Patience.TotalSeconds:0} s; check ConnectionStrings__hotdash and that the server runs.",
        _ => null,
    };
}
