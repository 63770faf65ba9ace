using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Chatwoot;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

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
        builder.Services.AddSingleton<SupportVault>().AddSingleton<SupportMessages>().AddTransient<DraftNotes>().AddSingleton<SupportLabels>().AddSingleton<LabelLedger>();
        builder.Services.AddTransient(services => new SupportDrafts(
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<ApprovalStore>(),
            services.GetRequiredService<GuardedOperations>(),
            services.GetRequiredService<SupportVault>(),
            services.GetRequiredService<SupportMessages>(),
            services.GetRequiredService<JobQueue>()));
        builder.Services.AddTransient(services => new SupportContext(
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<SupportMessages>(),
            services.GetRequiredService<SupportVault>(),
            services.GetRequiredService<ChatwootClient>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddTransient(services => new SupportTranscripts(
            services.GetRequiredService<ChatwootClient>(),
            services.GetRequiredService<ChatwootOptions>(),
            services.GetRequiredService<SupportMessages>(),
            services.GetRequiredService<TimeProvider>()));
    }
}
