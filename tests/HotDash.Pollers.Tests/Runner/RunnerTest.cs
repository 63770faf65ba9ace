using Dapper;
using HotDash.ControlPlane;
using HotDash.ControlPlane.Jobs;
using HotDash.Pollers.Runner;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace HotDash.Pollers.Tests.Runner;

/// <summary>A database of its own, runners on it, and a way to wait for what becomes of the jobs.</summary>
public abstract class RunnerTest(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IHost> _hosts = [];

    internal LogWatch Logs { get; } = new();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected string ConnectionString { get; private set; } = "";

    protected NpgsqlDataSource Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, Ct);
        Store = NpgsqlDataSource.Create(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var host in _hosts)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        await Store.DisposeAsync();
    }

    /// <summary>Starts a runner whose one job, <c>scripted</c>, does what the script says.</summary>
    internal Task<IHost> StartAsync(Script script, params (string Name, string Value)[] settings) => StartAsync(
        services => services.AddSingleton(script).AddJob<ScriptedJob, string>("scripted", timeout: TimeSpan.FromSeconds(30)), settings);

    internal async Task<IHost> StartAsync(Action<IServiceCollection> jobs, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:hotdash", ConnectionString), new("DATA_PROTECTION_KEY", "0123456789abcdef")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Logging.AddProvider(Logs);
        builder.Services.AddMetrics();
        builder.AddControlPlane();
        builder.Services.AddJobRunner();
        jobs(builder.Services);

        var host = builder.Build();
        await host.StartAsync(Ct);
        _hosts.Add(host);

        return host;
    }

    protected async Task<Guid> EnqueueAsync(string payload = "", string kind = "scripted", EnqueueOptions? options = null)
    {
        var queue = new JobQueue(Store, NullLogger<JobQueue>.Instance);
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var id = await queue.EnqueueAsync(connection, transaction, kind, payload, options, Ct);
        await transaction.CommitAsync(Ct);
        queue.Wake();

        return id;
    }

    protected async Task<T?> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    protected async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(sql, parameters);
    }

    /// <summary>Returns once the condition holds; it is looked at whenever a row of interest has changed.</summary>
    protected async Task UntilAsync(string condition, object? parameters = null)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync("listen test_changed");

        while (!await connection.ExecuteScalarAsync<bool>($"select {condition}", parameters))
            Assert.True(await connection.WaitAsync(Patience, Ct), $"Nothing changes any more, but this does not hold: {condition}");
    }
}

/// <summary>What the scripted job does.</summary>
internal delegate Task<JobOutcome> Script(string payload, JobContext context, CancellationToken ct);

internal sealed class ScriptedJob(Script script) : IJob<string>
{
    public Task<JobOutcome> RunAsync(string payload, JobContext context, CancellationToken ct) => script(payload, context, ct);
}
