using Dapper;
using HotDash.Benchmarks.Processes;
using HotDash.ControlPlane;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Social;
using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.Benchmarks.Chaos;

/// <summary>Postgres, two pollers and the providers' stand-in as processes; this one takes work in, as the api does.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>For how long the stand-in hides an effect.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(2);

    /// <summary>Production's are minutes. Whatever is shorter than what a host takes stops its start.</summary>
    public static readonly TimeSpan SettleWindow = TimeSpan.FromSeconds(20);

    private const int Pollers = 2;

    private readonly DurablePostgresFixture _postgres = new();
    private readonly List<HotDashProcess> _pollers = [];
    private IHost? _host;

    public SandboxProcess Sandbox { get; private set; } = null!;

    public IServiceProvider Services => _host!.Services;

    public static Task<Stage> StartAsync(CancellationToken ct) => new Stage().BuiltAsync(stage => stage.BuildAsync(ct));

    /// <summary>Letters that are open.</summary>
    public Task<long> CountLettersAsync(CancellationToken ct) => CountAsync("dead_letters where state in ('pending', 'unknown', 'replaying')", ct);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync();
            _host.Dispose();
        }

        _pollers.ForEach(poller => poller.Dispose());
        Sandbox?.Dispose();
        await _postgres.DisposeAsync();
    }

    /// <param name="what">A table, and which of its rows.</param>
    public async Task<long> CountAsync(string what, CancellationToken ct)
    {
        await using var connection = await Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition($"select count(*) from {what}", cancellationToken: ct));
    }

    private async Task BuildAsync(CancellationToken ct)
    {
        var limits = Staging.Unlimited("publer", "chatwoot");
        Sandbox = await SandboxProcess.StartAsync(ct, [.. limits, .. Lags]);
        (string, string)[] settings =
        [
            .. Staging.Store(await _postgres.CreateDatabaseAsync(ct)), ("Integrations__Mode", "live"), .. Sandbox.As("supabase", "publer", "chatwoot"),
            .. limits, .. Patience, ("OTEL_SDK_DISABLED", "true"), Staging.Quiet,
        ];

        await MigrationsRun.RunAsync(settings, ct);
        for (var i = 0; i < Pollers; i++)
            _pollers.Add(await HotDashProcess.StartAsync("HotDash.Pollers", settings, ct));

        _host = Build(settings);
        await _host.StartAsync(ct);
    }

    private static (string, string)[] Lags =>
        [("Sandbox__Publer__Lag", $"{Lag.TotalSeconds}s"), ("Sandbox__Chatwoot__Lag", $"{Lag.TotalSeconds}s")];

    private static (string, string)[] Patience =>
    [
        ("Integrations__publer__Timeouts__Attempt", "4s"),
        ("Integrations__chatwoot__Timeouts__Attempt", "4s"),
        ("Integrations__publer__CircuitBreaker__OpenDuration", "20s"),
        ("Integrations__chatwoot__CircuitBreaker__OpenDuration", "20s"),
        ("Social__CreationLag", "00:00:06"),
        ("Social__SettleWindow", $"{SettleWindow}"),
        ("DeadLetters__CallDeadline", "00:00:10"),
        ("DeadLetters__SettleWindow", $"{SettleWindow}"),
    ];

    private static IHost Build(IEnumerable<(string Name, string Value)> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings.Select(
            setting => KeyValuePair.Create(setting.Name.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.AddControlPlane();
        builder.Services.AddPubler();
        builder.Services.AddChatwoot();
        builder.Services.AddApprovals();
        builder.AddSocial();

        return builder.Build();
    }
}
