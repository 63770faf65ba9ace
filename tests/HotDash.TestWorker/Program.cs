using System.Globalization;
using HotDash.ControlPlane;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Rollouts;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.Pollers;
using HotDash.Pollers.Jobs.DeadLetters;
using HotDash.Pollers.Jobs.Rollouts;
using HotDash.Pollers.Runner;
using HotDash.TestWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

// A poller that runs test jobs, in a process that may be killed. Settings come by the environment: nothing is said on the command line.
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
    .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.None); // it misses the keys of a migrations run

// Sessions carry the worker's name, so that a trigger can tell who changed a row.
var store = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("hotdash"))
{
    ApplicationName = $"{Environment.MachineName}:{Environment.ProcessId}",
};
builder.Configuration["ConnectionStrings:hotdash"] = store.ConnectionString;
builder.Configuration["DATA_PROTECTION_KEY"] = WorkerProcess.DataProtectionKey;

if (builder.Configuration["BareLoop"] is { } batch)
{
    await BareLoop.RunAsync(store.ConnectionString, int.Parse(batch, CultureInfo.InvariantCulture));
    return;
}

builder.AddControlPlane();
if (builder.Configuration["LimitLoad"] is not null)
{
    builder.Services.AddPubler();
    using var host = builder.Build();
    await host.StartAsync();
    await LimitLoad.RunAsync(host.Services, builder.Configuration, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    return;
}

if (builder.Configuration["FlagReader"] is not null)
{
    builder.AddFlags();
    using var host = builder.Build();
    await host.StartAsync();
    await FlagReader.RunAsync(host.Services, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    return;
}

if (builder.Configuration["Judge"] is not null)
{
    builder.AddFlags();
    builder.Services.AddPubler(Attempts.One).AddIntegrationRegistry().AddRollouts()
        .AddRecurringJob<JudgeRollouts>("rollouts.judge", every: TimeSpan.FromSeconds(1), timeout: TimeSpan.FromSeconds(50));
}

builder.AddReplayJobs();
builder.Services
    .AddSingleton<IReplayable, TableProvider>()
    .AddJob<ReplayLetters, ReplayPayload>(ReplayJobs.Replay, timeout: TimeSpan.FromMinutes(2))
    .AddJob<NothingJob, Nothing>("test.nothing", timeout: TimeSpan.FromSeconds(30))
    .AddJob<EffectJob, Effect>("test.effect", timeout: TimeSpan.FromMinutes(5))
    .AddJobRunner();

await builder.Build().RunAsync();
