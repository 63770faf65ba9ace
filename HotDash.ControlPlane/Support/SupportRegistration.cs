using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Chatwoot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Support;

public static class SupportRegistration
{
    /// <summary>Needs <c>AddControlPlane</c>, <c>AddApprovals</c> and <c>AddChatwoot</c>.</summary>
    public static void AddSupport(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTransient(services => new SupportReads(
            services.GetRequiredService<ChatwootClient>(),
            services.GetRequiredService<ChatwootOptions>(),
            services.GetRequiredService<ReadChain>()));
        builder.Services.AddSingleton<SupportVault>().AddTransient<SupportDrafts>().AddTransient<DraftNotes>();
    }
}
