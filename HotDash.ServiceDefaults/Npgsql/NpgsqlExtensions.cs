using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using Aspire.Npgsql;
using HotDash.ServiceDefaults.Npgsql;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

public static class NpgsqlExtensions
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// Registers one <see cref="NpgsqlDataSource"/> for <c>ConnectionStrings:{connectionName}</c> with health check, traces and
    /// metrics. The host refuses to start, naming the variable, when the connection string is missing or unreadable.
    /// </summary>
    public static void AddNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);

        var settings = Read(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.TryAddSingleton(services => Build(services, connectionName, settings, configureDataSourceBuilder));
        builder.Services.TryAddSingleton<DbDataSource>(services => services.GetRequiredService<NpgsqlDataSource>());
        builder.Services.AddHostedService<NpgsqlStartCheck>();

        Observe(builder.Services, settings);
    }

    private static NpgsqlSettings Read(IConfiguration configuration, string connectionName)
    {
        var settings = new NpgsqlSettings();
        var section = configuration.GetSection("Aspire:Npgsql");
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;

        return settings;
    }

    private static NpgsqlDataSource Build(
        IServiceProvider services, string connectionName, NpgsqlSettings settings, Action<NpgsqlDataSourceBuilder>? configure)
    {
        var store = new NpgsqlDataSourceBuilder(ConnectionStrings.Check(connectionName, settings.ConnectionString))
        {
            // The default name is the connection string less its password: host and user would become metric labels.
            Name = connectionName,
        };
        store.UseLoggerFactory(services.GetService<ILoggerFactory>());
        store.ConfigureTracing(Trace);
        configure?.Invoke(store);

        return store.Build();
    }

    // A statement outside any request or job is housekeeping (polls, heartbeats): as traces of one span each they would hide the rest.
    private static void Trace(NpgsqlTracingOptionsBuilder tracing) => tracing
        .ConfigureCommandFilter(_ => Activity.Current is not null)
        .ConfigureBatchFilter(_ => Activity.Current is not null)
        .ConfigureCommandSpanNameProvider(command => Operation(command.CommandText));

    /// <summary>SELECT, INSERT, WITH …: every span would be called "postgresql" otherwise.</summary>
    private static string? Operation(string sql)
    {
        var start = sql.AsSpan().TrimStart();
        var length = start.IndexOfAnyExcept(Letters);

        return (length < 0 ? start : start[..length]) is { Length: > 0 } word ? word.ToString().ToUpperInvariant() : null;
    }

    private static void Observe(IServiceCollection services, NpgsqlSettings settings)
    {
        if (!settings.DisableHealthChecks)
        {
            services.AddHealthChecks().Add(new HealthCheckRegistration(
                "PostgreSql", provider => new NpgsqlHealthCheck(provider.GetRequiredService<NpgsqlDataSource>()), null, null));
        }

        if (!settings.DisableTracing)
        {
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource("Npgsql"));
        }

        if (!settings.DisableMetrics)
        {
            services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter("Npgsql"));
        }
    }
}
