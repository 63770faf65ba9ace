using System.Text;
using System.Text.Json;
using Dapper;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Pollers.Jobs.DeadLetters;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.DeadLetters;

/// <summary>The real store, queue and job, a provider in memory, and one time for all of them that stands still until it is moved.</summary>
internal sealed class ReplayWorld : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly NpgsqlDataSource _store;
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly JobStore _jobs;
    private readonly RequestVault _vault = new(new EphemeralDataProtectionProvider());

    private ReplayWorld(NpgsqlDataSource store)
    {
        _store = store;
        _jobs = new(store, _clock);
        Letters = new(store, _vault);
        Replays = new(store, new JobQueue(store, NullLogger<JobQueue>.Instance));
        Decisions = new(store);
    }

    public FakeProvider Provider { get; } = new();

    public DeadLetterOptions Options { get; } = new();

    public DeadLetterStore Letters { get; }

    public Replays Replays { get; }

    public LetterDecisions Decisions { get; }

    public DeadLetterUpkeep Upkeep => new(_store);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<ReplayWorld> CreateAsync(PostgresFixture postgres)
    {
        var world = new ReplayWorld(NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync("replay-world", PrepareAsync, Ct)));
        await world.PassAsync(TimeSpan.Zero);
        return world;
    }

    public Task<Guid> KeepAsync(string text, bool unknown = false, string operation = "send-note") => Letters.KeepAsync(
        new DeadLetter
        {
            Integration = "chatwoot",
            Operation = operation,
            Request = new() { Method = "POST", Path = "notes", Body = Encoding.UTF8.GetBytes(text) },
            Failure = new NetworkException("chatwoot", "network", "the connection failed", unknown),
            Attempts = 3,
            FirstAt = _clock.GetUtcNow(),
            LastAt = _clock.GetUtcNow(),
            OutcomeUnknown = unknown,
        },
        Ct);

    public async Task<Guid> PreviewAsync(double stopShare = 1) => (await Replays.PreviewAsync(new(null, new()), "Ada", "again", stopShare, Ct))!.Value;

    public async Task<Guid> StartAsync(double stopShare = 1)
    {
        var id = await PreviewAsync(stopShare);
        await Replays.StartAsync(id, Ct);
        return id;
    }

    public async Task<Replay> ReplayAsync(Guid id) => (await new ReplayReads(_store).FindAsync(id, Ct))!;

    public async Task<DeadLetterView> LetterAsync(Guid id) => (await new DeadLetterReads(_store, _vault).FindAsync(id, Ct))!.Letter;

    public async Task<LetterState> StateAsync(Guid id) => (await LetterAsync(id)).State;

    /// <summary>Time passes, for the database and for this process.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await using var connection = await _store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync("update test_clock set at = @at", new { at = _clock.GetUtcNow() });
    }

    public async Task<ClaimedJob?> ClaimAsync() => (await _jobs.ExchangeAsync([], 1, "test", Lease, Ct)).Claimed.SingleOrDefault();

    /// <summary>The job of the preview, which has nothing to do any more, goes; the replay's own is answered.</summary>
    public async Task<ClaimedJob?> ClaimReplayAsync()
    {
        await RunAsync((await ClaimAsync())!);
        return await ClaimAsync();
    }

    /// <summary>Runs a job as the runner does. A worker that dies hands nothing in: its lease has to end.</summary>
    public async Task RunAsync(ClaimedJob job, bool dies = false)
    {
        FinishedJob finished;
        try
        {
            var context = new JobContext(_store, job.Lease, job.Attempt, _clock);
            finished = await Job().RunAsync(JsonSerializer.Deserialize<ReplayPayload>(job.Payload, JobJson.Options)!, context, Ct) switch
            {
                { Wait: { } wait } => job.Again(wait, job.Attempt - 1),
                _ => job.Done(),
            };
        }
        catch (Exception e) when (e is WorkerDied or LeaseLostException or LeaseTooShortException)
        {
            finished = job.Again(TimeSpan.FromSeconds(1), job.Attempt);
        }

        if (!dies)
            await _jobs.ExchangeAsync([finished], 0, "test", Lease, Ct);
    }

    /// <summary>Runs whatever is due, and lets time pass to what is due next, until nothing is left or the time is over.</summary>
    public async Task RunForAsync(TimeSpan time)
    {
        var until = _clock.GetUtcNow() + time;
        while (_clock.GetUtcNow() < until)
        {
            while (await ClaimAsync() is { } job)
                await RunAsync(job);

            var due = await _jobs.NextDueAsync(Ct) ?? time;
            await PassAsync(TimeSpan.FromTicks(Math.Min(Math.Max(due.Ticks, TimeSpan.TicksPerMillisecond), (until - _clock.GetUtcNow()).Ticks)));
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private ReplayLetters Job()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var ledger = new ReplayLedger(_store, _vault);
        var adapters = new ReplayAdapters([Provider], []);
        return new(ledger, new ReplayStep(ledger, adapters, new ReplaySend(ledger, options, _clock), options), new PreviewLook(ledger, adapters), _clock);
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

/// <summary>The process ends here.</summary>
internal sealed class WorkerDied : Exception;
