using System.Text.Json;
using Dapper;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Snapshots;
using HotDash.ControlPlane.Social;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.Pollers.Jobs.DeadLetters;
using HotDash.Pollers.Jobs.Social;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Social;

/// <summary>The real store, queue and jobs, a Publer in memory, and one time for all of them that stands still until it is moved.</summary>
internal sealed class SocialWorld : IAsyncDisposable
{
    public static readonly string[] Accounts = ["acc-1", "acc-2", "acc-3"];

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly NpgsqlDataSource _store;
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly JobStore _jobs;
    private readonly JobQueue _queue;
    private readonly ServiceProvider _integrations;
    private readonly PublerOptions _publer;
    private readonly IOptions<SocialOptions> _options;

    private SocialWorld(NpgsqlDataSource store, SocialOptions options)
    {
        (_store, _options) = (store, Options.Create(options));
        _jobs = new(store, _clock);
        _queue = new(store, NullLogger<JobQueue>.Instance);
        Publer = new(() => _clock.GetUtcNow());
        _integrations = LivePubler();
        _publer = _integrations.GetRequiredService<PublerOptions>();
        Intake = new(store, _queue, _publer);
        Reads = new(store, _options);
        Ledger = new(store);
        Vault = new(new EphemeralDataProtectionProvider());
        Letters = new(new DeadLetterStore(store, Vault), _queue);
    }

    public FakePubler Publer { get; }

    public PostIntake Intake { get; }

    public PostReads Reads { get; }

    public SocialLedger Ledger { get; }

    public RequestVault Vault { get; }

    public SocialLetters Letters { get; }

    public ReplayReads Replays => new(_store);

    public ReceiptLetters ReceiptLetters => new(_store, new DeadLetterStore(_store, Vault), _queue);

    public DateTimeOffset Now => _clock.GetUtcNow();

    public TimeSpan AttemptTimeout => _publer.AttemptTimeout;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<SocialWorld> CreateAsync(PostgresFixture postgres, SocialOptions? options = null)
    {
        var connectionString = await postgres.CreateDatabaseAsync("social-world", PrepareAsync, Ct);
        var world = new SocialWorld(NpgsqlDataSource.Create(connectionString), options ?? new());
        await world.PassAsync(TimeSpan.Zero);
        return world;
    }

    public async Task<string> AcceptAsync(string text, params string[] accounts) => (await AcceptAsync(text, null, accounts)).JobId!;

    public Task<Acceptance> AcceptAsync(string text, DateTimeOffset? scheduledAt, params string[] accounts) => Intake.AcceptAsync(
        new(Guid.Empty, text, scheduledAt, [.. (accounts is [] ? Accounts[..1] : accounts).Select(id => new NewTarget(id, Accounts.Contains(id) ? "facebook" : null, id))], null), Ct);

    public async Task<DeadLetterView> LetterAsync(Guid id) => (await new DeadLetterReads(_store, Vault).FindAsync(id, Ct))!.Letter;

    public async Task<IReadOnlyList<DeadLetterView>> LettersAsync() => (await new DeadLetterReads(_store, Vault).ListAsync(new(), null, 100, Ct)).Items;

    /// <summary>The context of a job that is run by hand.</summary>
    public async Task<JobContext> ContextAsync()
    {
        await using var connection = await _store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await _queue.EnqueueAsync(connection, transaction, "by-hand", "", ct: Ct);
        await transaction.CommitAsync(Ct);
        var job = (await ClaimAsync())!;

        return new(_store, job.Lease, job.Attempt, _clock);
    }

    /// <summary>Replays whatever is in the dead letter queue.</summary>
    public async Task<Guid> ReplayAsync()
    {
        var replays = new Replays(_store, _queue);
        var id = (await replays.PreviewAsync(new(null, new()), "Ada", null, 1, Ct))!.Value;
        await replays.StartAsync(id, Ct);
        return id;
    }

    public async Task<PostView> PostAsync(string jobId) => (await Reads.FindAsync(jobId, Ct))!;

    /// <summary>Time passes, for the database and for this process.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await ExecuteAsync("update test_clock set at = @at", new { at = _clock.GetUtcNow() });
    }

    /// <summary>Leases one job that is due, if there is one.</summary>
    public async Task<ClaimedJob?> ClaimAsync() => (await _jobs.ExchangeAsync([], 1, "test", Lease, Ct)).Claimed.SingleOrDefault();

    /// <summary>Runs a job as the runner does, its failures included.</summary>
    public async Task RunAsync(ClaimedJob job)
    {
        FinishedJob finished;
        try
        {
            finished = await RunOnceAsync(job) switch
            {
                { Wait: { } wait } => job.Again(wait, job.Attempt - 1),
                { Reason: { } reason } => job.Dead(reason),
                _ => job.Done(),
            };
        }
        catch (Exception e) when (e is LeaseLostException or LeaseTooShortException or PostgresException)
        {
            finished = job.Again(TimeSpan.FromSeconds(1), job.Attempt);
        }

        await _jobs.ExchangeAsync([finished], 0, "test", Lease, Ct);
    }

    /// <summary>Runs whatever is due, and lets time pass to what is due next, until nothing is left or the time is over.</summary>
    public async Task RunForAsync(TimeSpan time)
    {
        var until = Now + time;
        while (Now < until)
        {
            while (await ClaimAsync() is { } job)
                await RunAsync(job);

            var due = await _jobs.NextDueAsync(Ct) ?? time;
            await PassAsync(TimeSpan.FromTicks(Math.Min(Math.Max(due.Ticks, TimeSpan.TicksPerMillisecond), (until - Now).Ticks)));
        }
    }

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await _store.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        await _integrations.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task<JobOutcome> RunOnceAsync(ClaimedJob job)
    {
        var context = new JobContext(_store, job.Lease, job.Attempt, _clock);
        var client = _integrations.GetRequiredService<PublerClient>();
        var outcomes = new SocialOutcomes(_queue, Letters, _options);
        var timing = new SocialTiming(_publer);
        var directory = new AccountDirectory(
            client, _publer, new AccountCache(_clock), new ReadChain(new SnapshotStore(_store), _clock, NullLogger<ReadChain>.Instance));

        return job.Kind switch
        {
            SocialJobs.SendPost => await new SendPost(
                client, _publer, new AccountCheck(directory, Ledger, outcomes), new PostClaims(_queue, _options), outcomes, timing, _clock)
                .RunAsync(Read<SendPostPayload>(job), context, Ct),
            ReplayJobs.Replay => await Replay().RunAsync(Read<ReplayPayload>(job), context, Ct),
            SocialJobs.TrackPost => await new TrackPost(client, _publer, Ledger, outcomes, timing, _options)
                .RunAsync(Read<TrackPostPayload>(job), context, Ct),
            _ => JobOutcome.Done,
        };
    }

    private ReplayLetters Replay()
    {
        var options = Options.Create(new DeadLetterOptions());
        var ledger = new ReplayLedger(_store, Vault);
        var adapters = new ReplayAdapters([], [Letters, ReceiptLetters]);
        return new(ledger, new ReplayStep(ledger, adapters, new ReplaySend(ledger, options, _clock), options), new PreviewLook(ledger, adapters), _clock);
    }

    private static T Read<T>(ClaimedJob job) => JsonSerializer.Deserialize<T>(job.Payload, JobJson.Options)!;

    /// <summary>With all the layers that calls pass in production, down to the wire.</summary>
    private ServiceProvider LivePubler()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PUBLER_LIVE"] = "true",
            ["PUBLER_API_KEY"] = "test-key",
            ["PUBLER_WORKSPACE_ID"] = "ws-1",
            ["Integrations:publer:Retry:MaxAttempts"] = "1", // time stands still while a job runs: it cannot wait between attempts
        };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(_clock)
            .AddLogging()
            .AddPubler(Attempts.One);
        services.AddHttpClient("publer").ConfigurePrimaryHttpMessageHandler(() => Publer);

        return services.BuildServiceProvider();
    }

    private static async Task PrepareAsync(string connectionString)
    {
        await using var store = NpgsqlDataSource.Create(connectionString);
        await StoreMigrations.ApplyAsync(store);
        await using var connection = await store.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create table test_clock (at timestamptz not null);
            insert into test_clock values (now());
            create or replace function hotdash_now() returns timestamptz language sql stable as 'select at from public.test_clock'
            """);
    }
}
