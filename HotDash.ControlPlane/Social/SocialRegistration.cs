using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Social;

public static class SocialRegistration
{
    /// <summary>Needs <c>AddControlPlane</c>, <c>AddApprovals</c> and <c>AddPubler</c>.</summary>
    public static void AddSocial(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SocialOptions>().BindConfiguration(SocialOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SocialTiming>();
        services.AddSingleton<IValidateOptions<SocialOptions>>(provider => provider.GetRequiredService<SocialTiming>());

        services.AddTransient<PostIntake>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGuardedOperation, ApprovedPosts>());
        services.AddSingleton<PostReads>();
        services.AddSingleton<PostClaims>();
        services.AddSingleton<SocialLetters>();
        services.AddSingleton<IReplayPath>(provider => provider.GetRequiredService<SocialLetters>());
        services.AddSingleton<ReceiptLetters>();
        services.AddSingleton<IReplayPath>(provider => provider.GetRequiredService<ReceiptLetters>());
        services.AddSingleton<SocialOutcomes>();
        services.AddSingleton<SocialLedger>();

        services.AddSingleton<AccountCache>();
        services.AddTransient(provider => new AccountDirectory(
            provider.GetRequiredService<PublerClient>(),
            provider.GetRequiredService<PublerOptions>(),
            provider.GetRequiredService<AccountCache>(),
            provider.GetRequiredService<ReadChain>()));
    }
}
