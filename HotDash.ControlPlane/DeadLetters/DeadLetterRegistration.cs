using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.DeadLetters;

internal static class DeadLetterRegistration
{
    public static void AddDeadLetters(this IServiceCollection services)
    {
        services.AddOptions<DeadLetterOptions>().BindConfiguration(DeadLetterOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RequestVault>();
        services.AddSingleton<DeadLetterStore>();
        services.AddSingleton<IDeadLetterSink>(provider => provider.GetRequiredService<DeadLetterStore>());
        services.AddSingleton<DeadLetterReads>();
        services.AddSingleton<LetterDecisions>();
        services.AddSingleton<Replays>();
        services.AddSingleton<ReplayReads>();
        services.AddSingleton<ReplayLedger>();
        services.AddSingleton<DeadLetterUpkeep>();
    }
}
