using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Snapshots;
using HotDash.ControlPlane.Social;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.Pollers.Jobs.Social;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Social;

/// <summary>The jobs that publish posts, and a Publer in memory.</summary>
internal sealed class SocialWorld : JobWorld
{
    /// <summary>An account that takes no text alone.</summary>
    public const string Pictures = "acc-pictures";

    public static readonly string[] Accounts = ["acc-1", "acc-2", "acc-3"];

    private readonly ServiceProvider _integrations;
    private readonly PublerOptions _publer;
    private readonly IOptions<SocialOptions> _options;

    private SocialWorld(NpgsqlDataSource store, SocialOptions options)
        : base(store)
    {
        _options = Options.Create(options);
        Publer = new(() => Now);
        _integrations = LivePubler();
        _publer = _integrations.GetRequiredService<PublerOptions>();
        Intake = new(store, Queue, new ApprovalStore(store, new(new EphemeralDataProtectionProvider()), Queue, new([]), Options.Create(new ApprovalOptions())), _publer);
        Reads = new(store, _options);
        Ledger = new(store);
        Letters = new(new DeadLetterStore(store, Vault), Queue);
    }

    public FakePubler Publer { get; }

    public PostIntake Intake { get; }

    public PostReads Reads { get; }

    public SocialLedger Ledger { get; }

    public SocialLetters Letters { get; }

    public SocialOutcomes Outcomes => new(Queue, Letters, _options);

    public ReplayReads Replays => new(Store);

    public ReceiptLetters ReceiptLetters => new(Store, new DeadLetterStore(Store, Vault), Queue);

    public TimeSpan AttemptTimeout => _publer.AttemptTimeout;

    public static Task<SocialWorld> CreateAsync(PostgresFixture postgres, SocialOptions? options = null) =>
        CreateAsync(postgres, store => new SocialWorld(store, options ?? new()));

    public async Task<string> AcceptAsync(string text, params string[] accounts) => (await AcceptAsync(text, null, accounts)).JobId!;

    public Task<Acceptance> AcceptAsync(string text, DateTimeOffset? scheduledAt, params string[] accounts) => Intake.AcceptAsync(
        new(Guid.Empty, text, scheduledAt, [.. (accounts is [] ? Accounts[..1] : accounts).Select(id => new NewTarget(id, Accounts.Contains(id) ? "facebook" : null, id))], null), Ct);

    /// <summary>The context of a job that is run by hand.</summary>
    public async Task<JobContext> ContextAsync() => Context(await ByHandAsync());

    public async Task<PostView> PostAsync(string jobId) => (await Reads.FindAsync(jobId, Ct))!;

    public override async ValueTask DisposeAsync()
    {
        await _integrations.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override FinishedJob? Failed(ClaimedJob job, Exception e) => e is PostgresException ? Again(job) : base.Failed(job, e);

    protected override async Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context)
    {
        var client = _integrations.GetRequiredService<PublerClient>();
        var outcomes = Outcomes;
        var timing = new SocialTiming(_publer);
        var directory = new AccountDirectory(
            client, _publer, new AccountCache(Clock), new ReadChain(new SnapshotStore(Store), new NoOutcomes(), Clock, NullLogger<ReadChain>.Instance));

        return job.Kind switch
        {
            SocialJobs.SendPost => await new SendPost(
                client, _publer, new AccountCheck(directory, Ledger, outcomes), new PostClaims(Queue, _options), outcomes, timing, Clock)
                .RunAsync(Read<SendPostPayload>(job), context, Ct),
            ReplayJobs.Replay => await Replay([], [Letters, ReceiptLetters]).RunAsync(Read<ReplayPayload>(job), context, Ct),
            SocialJobs.TrackPost => await new TrackPost(client, _publer, Ledger, outcomes, timing, _options)
                .RunAsync(Read<TrackPostPayload>(job), context, Ct),
            _ => JobOutcome.Done,
        };
    }

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
            .AddSingleton<TimeProvider>(Clock)
            .AddLogging()
            .AddPubler(Attempts.One);
        services.AddHttpClient("publer").ConfigurePrimaryHttpMessageHandler(() => Publer);

        return services.BuildServiceProvider();
    }
}
