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
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs;

/// <summary>
/// The real store and queue, and one time for all of them that stands still until it is moved. A feature's world adds its jobs, and in memory
/// whom they talk to.
/// </summary>
internal abstract class JobWorld : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly JobStore _jobs;

    protected JobWorld(NpgsqlDataSource store)
    {
        Store = store;
        _jobs = new(store, Clock);
        Queue = new(store, NullLogger<JobQueue>.Instance);
    }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public RequestVault Vault { get; } = new(new EphemeralDataProtectionProvider());

    protected NpgsqlDataSource Store { get; }

    protected ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    protected JobQueue Queue { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DeadLetterReads DeadLetters => new(Store, Vault);

    /// <summary>Time passes, for the database and for this process.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await ExecuteAsync("update test_clock set at = @at", new { at = Now });
    }

    /// <summary>Leases one job that is due, if there is one.</summary>
    public async Task<ClaimedJob?> ClaimAsync() => (await _jobs.ExchangeAsync([], 1, "test", Lease, Ct)).Claimed.SingleOrDefault();

    /// <summary>Runs a job as the runner does, its failures included. A worker that dies hands nothing in: its lease has to end.</summary>
    public async Task RunAsync(ClaimedJob job, bool dies = false)
    {
        var finished = await FinishAsync(job);
        if (!dies)
            await HandInAsync(finished);
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

    public async Task<IReadOnlyList<DeadLetterView>> LettersAsync() => (await DeadLetters.ListAsync(new(), null, 100, Ct)).Items;

    public async Task<DeadLetterView> LetterAsync(Guid id) => (await DeadLetters.FindAsync(id, Ct))!.Letter;

    /// <summary>Replays whatever is in the dead letter queue.</summary>
    public async Task<Guid> ReplayAsync()
    {
        var replays = new Replays(Store, Queue);
        var id = (await replays.PreviewAsync(new(null, new()), "Ada", null, 1, Ct))!.Value;
        await replays.StartAsync(id, "ada", Ct);
        return id;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
    }

    public virtual ValueTask DisposeAsync() => Store.DisposeAsync();

    protected static async Task<TWorld> CreateAsync<TWorld>(PostgresFixture postgres, Func<NpgsqlDataSource, TWorld> make)
        where TWorld : JobWorld
    {
        var world = make(NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync("job-world", PrepareAsync, Ct)));
        await world.PassAsync(TimeSpan.Zero);
        return world;
    }

    protected abstract Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context);

    /// <returns>What becomes of the job then; null when no test expects such a failure.</returns>
    protected virtual FinishedJob? Failed(ClaimedJob job, Exception e) => e is LeaseLostException or LeaseTooShortException ? Again(job) : null;

    protected static FinishedJob Again(ClaimedJob job) => job.Again(TimeSpan.FromSeconds(1), job.Attempt);

    protected static T Read<T>(ClaimedJob job) => JsonSerializer.Deserialize<T>(job.Payload, JobJson.Options)!;

    protected JobContext Context(ClaimedJob job) => new(Store, job.Lease, job.Attempt, Clock);

    /// <summary>A job of no kind, leased before all others, for what is run by hand.</summary>
    protected async Task<ClaimedJob> ByHandAsync()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await Queue.EnqueueAsync(connection, transaction, "by-hand", "", new() { Delay = TimeSpan.FromDays(-1) }, Ct);
        await transaction.CommitAsync(Ct);

        return (await ClaimAsync())!;
    }

    protected Task HandInAsync(FinishedJob finished) => _jobs.ExchangeAsync([finished], 0, "test", Lease, Ct);

    /// <summary>The job that replays letters.</summary>
    protected ReplayLetters Replay(IReplayable[] replayables, IReplayPath[] paths, DeadLetterOptions? settings = null)
    {
        var options = Options.Create(settings ?? new());
        var ledger = new ReplayLedger(Store, Vault);
        var adapters = new ReplayAdapters(replayables, paths);
        return new(ledger, new ReplayStep(ledger, adapters, new ReplaySend(ledger, options, Clock), options), new PreviewLook(ledger, adapters), Clock);
    }

    private async Task<FinishedJob> FinishAsync(ClaimedJob job)
    {
        FinishedJob? after = null;
        try
        {
            return await RunOnceAsync(job, Context(job)) switch
            {
                { Wait: { } wait } => job.Again(wait, job.Attempt - 1),
                { Reason: { } reason } => job.Dead(reason),
                _ => job.Done(),
            };
        }
        catch (Exception e) when ((after = Failed(job, e)) is not null)
        {
            return after;
        }
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
