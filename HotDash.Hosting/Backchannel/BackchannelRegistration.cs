using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Backchannel;

internal static class BackchannelRegistration
{
    public static IServiceCollection AddBackchannel(this IServiceCollection services) => services
        .AddSingleton<BackchannelServer>()
        .AddSingleton<CliMethods>()
        .AddSingleton<ConsoleLogs>()
        .AddSingleton<ResourceCommands>()
        .AddSingleton<ResourceDirectory>()
        .AddSingleton<ResourceWait>()
        .AddSingleton<RunMethods>();
}
