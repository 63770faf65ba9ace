using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Flags;

public static class FlagRegistration
{
    /// <summary>For a host that asks for flags: after the control plane, before the integrations, which they switch.</summary>
    public static TBuilder AddFlags<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        var services = builder.Services;
        services.AddSingleton<FlagVariables>();
        services.AddSingleton(provider => new FlagTelemetry(provider.GetRequiredService<ILogger<FlagTelemetry>>()));
        services.AddSingleton(provider => new FlagBoard(
            provider.GetRequiredService<FlagVariables>(), provider.GetRequiredService<FlagTelemetry>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISwitches, FlagSwitches>();
        services.AddSingleton<FlagReads>();
        services.AddSingleton<FlagStore>();
        services.AddSingleton(provider => new FlagWatch(
            provider.GetRequiredService<FlagReads>(), provider.GetRequiredService<FlagBoard>(), provider.GetRequiredService<FlagVariables>(),
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<FlagWatch>>()));
        services.AddHostedService(provider => provider.GetRequiredService<FlagWatch>());
        services.AddHealthChecks().AddCheck<FlagHealth>("flags");

        return builder;
    }
}
