using System.Text;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.DeadLetters;

/// <summary>The job that replays letters, and a provider in memory.</summary>
internal sealed class ReplayWorld : JobWorld
{
    private ReplayWorld(NpgsqlDataSource store)
        : base(store)
    {
        Letters = new(store, Vault);
        Replays = new(store, Queue);
        Decisions = new(store);
    }

    public FakeProvider Provider { get; } = new();

    public DeadLetterOptions Options { get; } = new();

    public DeadLetterStore Letters { get; }

    public Replays Replays { get; }

    public LetterDecisions Decisions { get; }

    public DeadLetterUpkeep Upkeep => new(Store);

    public static Task<ReplayWorld> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres, store => new ReplayWorld(store));

    public Task<Guid> KeepAsync(string text, bool unknown = false, string operation = "send-note") => Letters.KeepAsync(
        new DeadLetter
        {
            Integration = "chatwoot",
            Operation = operation,
            Request = new() { Method = "POST", Path = "notes", Body = Encoding.UTF8.GetBytes(text) },
            Failure = new NetworkException("chatwoot", "network", "the connection failed", unknown),
            Attempts = 3,
            FirstAt = Now,
            LastAt = Now,
            OutcomeUnknown = unknown,
        },
        Ct);

    public async Task<Guid> PreviewAsync(double stopShare = 1) => (await Replays.PreviewAsync(new(null, new()), "Ada", "again", stopShare, Ct))!.Value;

    public async Task<Guid> StartAsync(double stopShare = 1)
    {
        var id = await PreviewAsync(stopShare);
        await Replays.StartAsync(id, "ada", Ct);
        return id;
    }

    public async Task<Replay> ReplayAsync(Guid id) => (await new ReplayReads(Store).FindAsync(id, Ct))!;

    public async Task<LetterState> StateAsync(Guid id) => (await LetterAsync(id)).State;

    /// <summary>The job of the preview, which has nothing to do any more, goes; the replay's own is answered.</summary>
    public async Task<ClaimedJob?> ClaimReplayAsync()
    {
        await RunAsync((await ClaimAsync())!);
        return await ClaimAsync();
    }

    protected override Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context) => Replay([Provider], [], Options).RunAsync(Read<ReplayPayload>(job), context, Ct);

    protected override FinishedJob? Failed(ClaimedJob job, Exception e) => e is WorkerDied ? Again(job) : base.Failed(job, e);
}

/// <summary>The process ends here.</summary>
internal sealed class WorkerDied : Exception;
