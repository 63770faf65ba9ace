using Dapper;
using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.Integrations.AlertWebhook;
using HotDash.Pollers.Jobs.Alerts;
using HotDash.Pollers.Runner;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Alerts;

/// <summary>The jobs of alerts, and a receiver of them.</summary>
internal sealed class AlertWorld : JobWorld
{
    public const string Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static readonly IOptions<AlertOptions> Options = Microsoft.Extensions.Options.Options.Create(new AlertOptions());

    private readonly Backoff _backoff = new(() => 0.5);
    private readonly ServiceProvider _services;
    private readonly AlertLetters _letters;
    private readonly AlertMessages _messages;

    private AlertWorld(NpgsqlDataSource store)
        : base(store)
    {
        _services = Services();
        _letters = new(store, new DeadLetterStore(store, Vault), Queue);
        _messages = new(Queue, _services.GetRequiredService<AlertWebhookOptions>());
    }

    public StubProvider Receiver { get; } = new();

    public AlertReads Alerts => new(Store);

    public AlertDecisions Decisions => new(Store, _messages, Options);

    public static Task<AlertWorld> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres, store => new AlertWorld(store));

    /// <summary>Calls to Chatwoot were refused, or not, and somebody looks.</summary>
    public async Task CheckAsync(bool refused)
    {
        await ExecuteAsync(
            "insert into outcomes (at, integration, operation, source, kinds, latencies) values (hotdash_now() - interval '1 s', 'chatwoot', @operation, 'chatwoot', @kinds, '{}')",
            new { operation = refused ? "list" : "read", kinds = refused ? new long[] { 0, 1 } : [1, 0] });
        var job = await ByHandAsync();
        await new CheckIndicators(new AlertChecks(new IndicatorReads(Store, Options, NullLogger<IndicatorReads>.Instance), _messages, Options)).RunAsync(Context(job), Ct);
        await HandInAsync(job.Done());
    }

    /// <summary>Opens an alert of refused credentials, which nobody was told of yet.</summary>
    public async Task<Alert> OpenAsync()
    {
        await CheckAsync(refused: true);
        return Assert.Single((await Alerts.ListAsync(new(AlertState.Open), null, 10, Ct)).Items);
    }

    public async Task<IReadOnlyList<string>> MessagesAsync()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        return [.. await connection.QueryAsync<string>("select type || case when sent_at is null then '' else ' sent' end from alert_messages order by at, id")];
    }

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await base.DisposeAsync();
        Receiver.Dispose();
    }

    protected override FinishedJob? Failed(ClaimedJob job, Exception e) => e switch
    {
        IntegrationException { Deferred: true, RetryAfter: { } wait } => job.Again(wait, job.Attempt - 1),
        IntegrationException or LeaseLostException or LeaseTooShortException => job.Again(_backoff.After(job.Attempt), job.Attempt),
        _ => null,
    };

    protected override async Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context) => job.Kind switch
    {
        AlertJobs.Send => await new SendMessage(_letters, _services.GetRequiredService<AlertWebhookOptions>(), _services.GetRequiredService<AlertWebhookClient>()).RunAsync(Read<SendMessagePayload>(job), context, Ct),
        ReplayJobs.Replay => await Replay([], [_letters]).RunAsync(Read<ReplayPayload>(job), context, Ct),
        _ => JobOutcome.Done,
    };

    private ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ALERT_WEBHOOK_URL"] = "https://receiver.example/alerts",
            ["ALERT_WEBHOOK_SECRET"] = Secret,
            ["Integrations:alert-webhook:CircuitBreaker:FailureThreshold"] = "1000",
        }).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock).AddLogging()
            .AddAlertWebhook(configuration, Attempts.One);
        services.AddHttpClient("alert-webhook").ConfigurePrimaryHttpMessageHandler(() => Receiver);

        return services.BuildServiceProvider();
    }
}
