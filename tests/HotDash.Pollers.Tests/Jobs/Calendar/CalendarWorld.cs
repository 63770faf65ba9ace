using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using HotDash.Pollers.Jobs.Calendar;
using HotDash.Pollers.Runner;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Calendar;

/// <summary>The jobs that show plans, and a calendar in memory.</summary>
internal sealed class CalendarWorld : JobWorld
{
    private static readonly EventTime Start = EventTime.Of(new DateOnly(2026, 6, 2));
    private static readonly EventTime End = EventTime.Of(new DateOnly(2026, 6, 3));

    private readonly Backoff _backoff = new(() => 0.5);
    private readonly TestFolder _folder = TestFolder.Create();
    private readonly ServiceProvider _integrations;
    private readonly CalendarLetters _letters;

    private CalendarWorld(NpgsqlDataSource store)
        : base(store)
    {
        _letters = new(new DeadLetterStore(store, Vault), Queue);
        Google = new(() => Now);
        _integrations = LiveCalendar();
    }

    public FakeCalendar Google { get; }

    public PlanIntake Intake => new(Store, Queue, Options);

    private GoogleCalendarOptions Options => _integrations.GetRequiredService<GoogleCalendarOptions>();

    private GoogleCalendarClient Client => _integrations.GetRequiredService<GoogleCalendarClient>();

    public static Task<CalendarWorld> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres, store => new CalendarWorld(store));

    public static string IdOf(string item) => EventId.Of("plan", item);

    /// <summary>Posts the plan of these items; what follows a colon is the title.</summary>
    public Task PostAsync(bool overwrite, params string[] items) => Intake.SyncAsync(
        new("plan", Guid.Empty, [.. items.Select(item => item.Split(':')).Select(part => (part[0], Draft(part[^1])))], overwrite), Ct);

    public Task PostAsync(params string[] items) => PostAsync(overwrite: false, items);

    public async Task<PlanView> PlanAsync() => (await new PlanReads(Store, Options).FindAsync("plan", Ct))!;

    /// <summary>What the recurring job does.</summary>
    public async Task CompareAsync()
    {
        var job = await ByHandAsync();
        await new CompareCalendar(Client, Options).RunAsync(Context(job), Ct);
        await HandInAsync(job.Done());
    }

    public override async ValueTask DisposeAsync()
    {
        await _integrations.DisposeAsync();
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override FinishedJob? Failed(ClaimedJob job, Exception e) => e switch
    {
        RateLimitException limited => job.Again(limited.RetryAfter!.Value, job.Attempt - 1),
        IntegrationException or LeaseLostException or LeaseTooShortException => job.Again(_backoff.After(job.Attempt), job.Attempt),
        _ => null,
    };

    protected override async Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context) => job.Kind switch
    {
        CalendarJobs.SyncEvent => await new SyncEvent(new EventMirror(Client, Options), Options, new CalendarLedger(_letters)).RunAsync(Read<SyncEventPayload>(job), context, Ct),
        ReplayJobs.Replay => await Replay([], [_letters]).RunAsync(Read<ReplayPayload>(job), context, Ct),
        _ => JobOutcome.Done,
    };

    private static EventDraft Draft(string title) => new PlanEntry("", EntryKind.Launch, title, Start, End, ["Photos"]).ToDraft("Winter", [30]);

    /// <summary>With all the layers that calls pass in production, down to the wire.</summary>
    private ServiceProvider LiveCalendar()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CALENDAR_SYNC_ENABLED"] = "true",
            ["GOOGLE_CALENDAR_ID"] = "shop@group.calendar.example",
            ["GOOGLE_APPLICATION_CREDENTIALS"] = ServiceAccount.Write(_folder["key.json"]),
            ["Integrations:google-calendar:CircuitBreaker:FailureThreshold"] = "1000",
        };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(Clock)
            .AddLogging()
            .AddGoogleCalendar(Attempts.One);
        foreach (var client in new[] { "google-calendar", "google-calendar-token" })
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => Google);

        return services.BuildServiceProvider();
    }
}
