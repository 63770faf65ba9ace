using Dapper;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Support;
using HotDash.Integrations.Chatwoot;
using HotDash.Pollers.Jobs.Support;
using HotDash.Pollers.Tests.Jobs.Approvals;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Support;

/// <summary>The job that shows drafts to agents, and one conversation in memory.</summary>
internal sealed class NoteWorld : JobWorld
{
    private static readonly IOptions<ApprovalOptions> Settings = Options.Create(new ApprovalOptions());

    private readonly ActionVault _actions = new(new EphemeralDataProtectionProvider());
    private readonly SupportVault _vault = new(new EphemeralDataProtectionProvider());
    private readonly GuardedOperations _operations = new([new FakeCustomer()]);
    private readonly ServiceProvider _services;

    private NoteWorld(NpgsqlDataSource store)
        : base(store) => _services = ChatwootServices.Create(() => Desk);

    public FakeDesk Desk { get; } = new();

    public static Task<NoteWorld> CreateAsync(PostgresFixture postgres) => CreateAsync(postgres, store => new NoteWorld(store));

    public async Task<Guid> DraftAsync()
    {
        var approvals = new ApprovalStore(Store, _actions, Queue, _operations, Settings);
        var drafts = new SupportDrafts(Store, approvals, _operations, _vault, new SupportMessages(Store, _vault), Queue);
        var draft = new Draft { ConversationId = "42", Content = "On its way", Confidence = 0.9, Sources = ["https://shop.example/shipping"] };
        return (await drafts.SubmitAsync(draft, "bot", Ct)).Approval.Id;
    }

    /// <summary>Somebody puts other words in its place.</summary>
    public async Task EditAsync(Guid id)
    {
        var approval = (await new ApprovalReads(Store, _actions, _operations).FindAsync(id, Ct))!;
        await new ApprovalStore(Store, _actions, Queue, _operations, Settings).EditAsync(id, approval.Hash, "It arrives tomorrow", "ada", Ct);
    }

    /// <summary>As when a worker dies between its last word and the end of its job.</summary>
    public Task RunAgainAsync(Guid id) => ExecuteAsync(
        "insert into jobs (id, kind, payload, due_at, max_attempts) values (gen_random_uuid(), @WriteNote, @payload, hotdash_now(), 5)",
        new { SupportJobs.WriteNote, payload = $$"""{"approvalId":"{{id}}"}""" });

    /// <summary>The note's id, and why there is none.</summary>
    public async Task<(string? Id, string? Failure)> NoteAsync()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        return await connection.QuerySingleAsync<(string?, string?)>("select note_id, note_failure from support_drafts");
    }

    public async Task<Guid> MarkAsync()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        return await connection.QuerySingleAsync<Guid>("select note_mark from support_drafts");
    }

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override Task<JobOutcome> RunOnceAsync(ClaimedJob job, JobContext context)
    {
        var notes = new DraftNotes(Store, new ApprovalReads(Store, _actions, _operations), _vault);
        var (chatwoot, options) = (_services.GetRequiredService<ChatwootClient>(), _services.GetRequiredService<ChatwootOptions>());
        return new WriteNote(notes, chatwoot, options, new DeadLetterStore(Store, Vault), Settings).RunAsync(Read<WriteNotePayload>(job), context, Ct);
    }
}
