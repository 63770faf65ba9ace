using HotDash.Integrations.Publer;
using HotDash.Integrations.Supabase;
using HotDash.TestKit;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.Integrations.Tests;

/// <summary>A host with the integrations as production registers them, and a stub in place of the wire.</summary>
internal sealed class Wired : IAsyncDisposable
{
    public const string SupabaseKey = "sb_secret_do_not_show";
    public const string PublerKey = "publer-key-do-not-show";

    private readonly IHost host;

    public Wired(
        HttpMessageHandler? wire = null,
        Attempts attempts = Attempts.One,
        ITokenBudget? budget = null,
        params (string Name, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        foreach (var layer in new[] { Live, settings })
            builder.Configuration.AddInMemoryCollection(layer.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));

        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.Services.AddSingleton<TimeProvider>(new FixedClock());
        if (budget is not null)
            builder.Services.AddSingleton(budget);

        builder.Services.AddSupabase(attempts).AddPubler(attempts);
        foreach (var client in wire is null ? [] : new[] { "supabase", "publer" })
            builder.Services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => wire!);

        host = builder.Build();
    }

    public static (string Name, string? Value)[] Live { get; } =
    [
        ("Integrations:Mode", "live"),
        ("SUPABASE_URL", "https://project.example"),
        ("SUPABASE_SERVICE_KEY", SupabaseKey),
        ("PUBLER_BASE_URL", "https://publer.example/base"),
        ("PUBLER_API_KEY", PublerKey),
        ("PUBLER_WORKSPACE_ID", "workspace-1"),
    ];

    public LogSink Logs { get; } = new();

    public IServiceProvider Services => host.Services;

    public SupabaseClient Supabase => host.Services.GetRequiredService<SupabaseClient>();

    public PublerClient Publer => host.Services.GetRequiredService<PublerClient>();

    public Task StartAsync() => host.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
