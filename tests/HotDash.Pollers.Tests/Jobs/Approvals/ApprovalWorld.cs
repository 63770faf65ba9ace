using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.Pollers.Jobs.Approvals;
using HotDash.Pollers.Tests.Jobs.DeadLetters;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Approvals;

/// <summary>The job that sends what was approved, and a customer in memory.</summary>
internal sealed class ApprovalWorld : JobWorld
{
    private static readonly Microsoft.Extensions.Options.IOptions<ApprovalOptions> Settings = Microsoft.Extensions.Options.Options.Create(new ApprovalOptions());

    private readonly ActionVault _vault = new(new EphemeralDataProtectionProvider());
    private readonly GuardedOperations _operations;

    private ApprovalWorld(NpgsqlDataSource store)
        : base(store)
    {
        _operations = new([Customer]);
        Approvals = new(store, _vault, Queue, _operations, Settings);
    }

    public FakeCustomer Customer { get; } = new();

    public ApprovalStore Approvals { get; }

    public ApprovalGrades Grades => new(Store, _vault, Queue);

    public GradeMirror Mirror => new(Store);

    public static Task<ApprovalWorld> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres, store => new ApprovalWorld(store));

    public async Task<JobContext> ContextAsync() => Context(await ByHandAsync());

    public Task<Approval> AskAsync(string text) =>
        Approvals.RequestAsync(new() { Kind = Customer.Kind, Target = "42", TargetVersion = "7", Content = text }, "bot", Ct);

    public async Task<Approval> ApprovedAsync(string text = "On its way")
    {
        var asked = await AskAsync(text);
        return (await Approvals.ApproveAsync(asked.Id, asked.Hash, "ada", Ct))!;
    }

    public async Task<Approval> NowAsync(Approval approval) => (await new ApprovalReads(Store, _vault, _operations).FindAsync(approval.Id, Ct))!;

    public Task<string?> ResultAsync(Approval approval) => new ApprovalReads(Store, _vault, _operations).ResultAsync(approval.Id, Ct);

    public async Task<IEnumerable<string?>> WordsAsync(Approval approval) =>
        (await new ApprovalReads(Store, _vault, _operations).RevisionsAsync(approval, Ct)).Select(revision => revision.Content);

    protected override Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context)
    {
        var ledger = new ApprovalLedger(Store, _vault);
        return new SendApproved(ledger, _operations, new ApprovedCall(ledger, Settings, Clock), Settings).RunAsync(Read<SendApprovedPayload>(job), context, Ct);
    }

    protected override FinishedJob? Failed(ClaimedJob job, Exception e) => e is WorkerDied ? Again(job) : base.Failed(job, e);
}
