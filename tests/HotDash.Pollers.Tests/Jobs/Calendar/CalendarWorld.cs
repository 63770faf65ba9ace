using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using HotDash.Pollers.Jobs.Calendar;
using HotDash.Pollers.Jobs.DeadLetters;
using HotDash.Pollers.Runner;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Calendar;

/// <summary>The real store, queue and jobs, a calendar in memory, and one time for all of them that stands still until it is moved.</summary>
internal sealed class CalendarWorld : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly EventTime Start = EventTime.Of(new DateOnly(2026, 6, 2));
    private static readonly EventTime End = EventTime.Of(new DateOnly(2026, 6, 3));

    private readonly NpgsqlDataSource _store;
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Backoff _backoff = new(() => 0.5);
    private readonly TestFolder _folder = TestFolder.Create();
    private readonly ServiceProvider _integrations;
    private readonly JobStore _jobs;
    private readonly JobQueue _queue;
    private readonly RequestVault _vault = new(new EphemeralDataProtectionProvider());
    private readonly CalendarLetters _letters;

    private CalendarWorld(NpgsqlDataSource store)
    {
        _store = store;
        _jobs = new(store, _clock);
        _queue = new(store, NullLogger<JobQueue>.Instance);
        _letters = new(new DeadLetterStore(store, _vault), _queue);
        Google = new(() => _clock.GetUtcNow());
        _integrations = LiveCalendar();
    }

    public FakeCalendar Google { get; }

    public PlanIntake Intake => new(_store, _queue, Options);

    public DateTimeOffset Now => _clock.GetUtcNow();

    private GoogleCalendarOptions Options => _integrations.GetRequiredService<GoogleCalendarOptions>();

    private GoogleCalendarClient Client => _integrations.GetRequiredService<GoogleCalendarClient>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<CalendarWorld> CreateAsync(PostgresFixture postgres)
    {
        var world = new CalendarWorld(NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync("calendar-world", PrepareAsync, Ct)));
        await world.PassAsync(TimeSpan.Zero);
        return world;
    }

    public static string IdOf(string item) => EventId.Of("plan", item);

    /// <summary>Posts the plan of these items; what follows a colon is the title.</summary>
    public Task PostAsync(bool overwrite, params string[] items) => Intake.SyncAsync(
        new("plan", Guid.Empty, [.. items.Select(item => item.Split(':')).Select(part => (part[0], Draft(part[^1])))], overwrite), Ct);

    public Task PostAsync(params string[] items) => PostAsync(overwrite: false, items);

    public async Task<PlanView> PlanAsync() => (await new PlanReads(_store, Options).FindAsync("plan", Ct))!;

    public async Task<IReadOnlyList<DeadLetterView>> LettersAsync() => (await new DeadLetterReads(_store, _vault).ListAsync(new(), null, 100, Ct)).Items;

    /// <summary>Replays whatever is in the dead letter queue.</summary>
    public async Task ReplayAsync()
    {
        var replays = new Replays(_store, _queue);
        var id = (await replays.PreviewAsync(new(null, new()), "Ada", null, 1, Ct))!.Value;
        await replays.StartAsync(id, Ct);
    }

    /// <summary>What the recurring job does.</summary>
    public async Task CompareAsync()
    {
        await EnqueueAsync("by-hand");
        var job = await ClaimUntilAsync("by-hand");
        await new CompareCalendar(Client, Options).RunAsync(Context(job), Ct);
        await _jobs.ExchangeAsync([job.Done()], 0, "test", Lease, Ct);
    }

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
            finished = await RunOnceAsync(job) is { Wait: { } wait } ? job.Again(wait, job.Attempt - 1) : job.Done();
        }
        catch (RateLimitException e)
        {
            finished = job.Again(e.RetryAfter!.Value, job.Attempt - 1);
        }
        catch (Exception e) when (e is IntegrationException or LeaseLostException or LeaseTooShortException)
        {
            finished = job.Again(_backoff.After(job.Attempt), job.Attempt);
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

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        await _integrations.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private static EventDraft Draft(string title) => new PlanEntry("", EntryKind.Launch, title, Start, End, ["Photos"]).ToDraft("Winter", [30]);

    private JobContext Context(ClaimedJob job) => new(_store, job.Lease, job.Attempt, _clock);

    private async Task<JobOutcome> RunOnceAsync(ClaimedJob job) => job.Kind switch
    {
        CalendarJobs.SyncEvent => await new SyncEvent(new EventMirror(Client, Options), Options, new CalendarLedger(_letters)).RunAsync(Read<SyncEventPayload>(job), Context(job), Ct),
        ReplayJobs.Replay => await Replay().RunAsync(Read<ReplayPayload>(job), Context(job), Ct),
        _ => JobOutcome.Done,
    };

    private ReplayLetters Replay()
    {
        var options = Microsoft.Extensions.Options.Options.Create(new DeadLetterOptions());
        var ledger = new ReplayLedger(_store, _vault);
        var adapters = new ReplayAdapters([], [_letters]);
        return new(ledger, new ReplayStep(ledger, adapters, new ReplaySend(ledger, options, _clock), options), new PreviewLook(ledger, adapters), _clock);
    }

    private static T Read<T>(ClaimedJob job) => JsonSerializer.Deserialize<T>(job.Payload, JobJson.Options)!;

    private async Task EnqueueAsync(string kind)
    {
        await using var connection = await _store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await _queue.EnqueueAsync(connection, transaction, kind, "", new() { Delay = TimeSpan.FromDays(-1) }, Ct);
        await transaction.CommitAsync(Ct);
    }

    /// <summary>The oldest of what is due.</summary>
    private async Task<ClaimedJob> ClaimUntilAsync(string kind) => await ClaimAsync() is { } job && job.Kind == kind ? job : throw new InvalidOperationException($"No {kind} is due.");

    /// <summary>With all the layers that calls pass in production, down to the wire.</summary>
    private ServiceProvider LiveCalendar()
    {
        using var key = RSA.Create(2048);
        File.WriteAllText(_folder["key.json"], JsonSerializer.Serialize(new { type = "service_account", client_email = "shop@project.example", private_key = key.ExportPkcs8PrivateKeyPem() }));
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CALENDAR_SYNC_ENABLED"] = "true",
            ["GOOGLE_CALENDAR_ID"] = "shop@group.calendar.example",
            ["GOOGLE_APPLICATION_CREDENTIALS"] = _folder["key.json"],
            ["Integrations:google-calendar:CircuitBreaker:FailureThreshold"] = "1000",
        };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(_clock)
            .AddLogging()
            .AddGoogleCalendar(Attempts.One);
        foreach (var client in new[] { "google-calendar", "google-calendar-token" })
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => Google);

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
