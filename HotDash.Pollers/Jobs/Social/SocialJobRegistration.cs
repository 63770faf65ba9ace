using HotDash.ControlPlane.Social;

namespace HotDash.Pollers.Jobs.Social;

internal static class SocialJobRegistration
{
    /// <summary>What the feature's jobs need beyond the feature itself.</summary>
    public static void AddSocialJobs(this IHostApplicationBuilder builder)
    {
        builder.AddSocial();
        builder.Services.AddTransient<AccountCheck>();
    }
}
