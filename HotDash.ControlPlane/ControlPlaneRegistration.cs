using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Budgets;
using HotDash.ControlPlane.DataProtection;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Keys;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Pauses;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Snapshots;
using HotDash.ControlPlane.Store;
using HotDash.ControlPlane.Tokens;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane;

/// <summary>What every host gets that works with the store.</summary>
public static class ControlPlaneRegistration
{
    public static TBuilder AddControlPlane<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.AddStore();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSharedDataProtection();
        builder.Services.AddSingleton<ApiKeyStore>();
        builder.Services.AddSingleton<JobQueue>();
        builder.Services.AddSingleton<JobStore>();
        builder.Services.AddSingleton<SnapshotStore>();
        builder.Services.AddSingleton<ReadChain>();
        builder.Services.AddDeadLetters();
        builder.Services.AddBudgets().AddOutcomes().AddBreakerBoard().AddPauses().AddTokens();

        return builder;
    }

    /// <summary>For the one host that may change the store's shape and make data-protection keys.</summary>
    public static TBuilder AddStoreSetup<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSingleton<StoreSetup>();
        builder.Services.PostConfigure<KeyManagementOptions>(options => options.AutoGenerateKeys = true);

        // The framework would read the keys at start, when their table may not exist yet.
        foreach (var eager in builder.Services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
            builder.Services.Remove(eager);

        return builder;
    }
}
