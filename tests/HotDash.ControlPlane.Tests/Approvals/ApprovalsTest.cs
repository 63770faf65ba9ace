using System.Text;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Approvals;

/// <summary>A test with a store of approvals, whose people and sender live at the time that the test says.</summary>
public abstract class ApprovalsTest(PostgresFixture postgres) : StoreTest(postgres)
{
    protected const string Reply = GuardedKinds.SupportReply;

    internal ActionVault Vault { get; } = new(new EphemeralDataProtectionProvider());

    internal ApprovalOptions Options { get; } = new();

    internal ApprovalStore Approvals => People(Store);

    internal ApprovalReads Reads => new(Store, Vault, Operations);

    internal ApprovalLedger Ledger => new(Store, Vault);

    internal ApprovalProofs Proofs => new(Store, Vault);

    private static GuardedOperations Operations => new(GuardedKinds.All.Select(kind => new PlainOperation(kind)));

    internal JobQueue Queue => new(Store, NullLogger<JobQueue>.Instance);

    internal ApprovalStore People(NpgsqlDataSource store) =>
        new(store, Vault, new JobQueue(store, NullLogger<JobQueue>.Instance), Operations, Microsoft.Extensions.Options.Options.Create(Options));

    internal Task<Approval> AskAsync(string kind = Reply, string content = "On its way", string by = "bot", string target = "42") =>
        Approvals.RequestAsync(new() { Kind = kind, Target = target, TargetVersion = "7", Content = content }, by, Ct);

    internal async Task<Approval> NowAsync(Approval approval) => (await Reads.FindAsync(approval.Id, Ct))!;

    /// <summary>The sender begins.</summary>
    internal async Task<(ApprovedAction? Action, Guid Attempt)> BeginAsync(Approval approval, NpgsqlDataSource? at = null)
    {
        var (attempt, action) = (Guid.CreateVersion7(), (ApprovedAction?)null);
        await InTransactionAsync(async transaction => action = await Ledger.BeginAsync(transaction, approval.Id, attempt, repeats: false, Ct), at);
        return (action, attempt);
    }

    internal Task EndAsync(Approval approval, Guid attempt, SendEnd end) =>
        InTransactionAsync(transaction => Ledger.EndAsync(transaction, approval.Id, attempt, end, Ct));

    internal async Task InTransactionAsync(Func<NpgsqlTransaction, Task> work, NpgsqlDataSource? at = null)
    {
        await using var connection = await (at ?? Store).OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await work(transaction);
        await transaction.CommitAsync(Ct);
    }

    /// <summary>What the sequencer does once a second.</summary>
    internal Task ChainAsync() => new AuditChain(Store).CatchUpAsync(Ct);

    /// <summary>What a person wrote is what is sent.</summary>
    internal sealed class PlainOperation(string kind) : IGuardedOperation
    {
        public string Kind => kind;

        public string Account => "1";

        public byte[] Compose(Guid id, int revision, string content) => Encoding.UTF8.GetBytes(content);

        public string ContentOf(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

        public Task<string?> VersionAsync(string target, CancellationToken ct) => throw new NotSupportedException();

        public Task<Existing?> FindExistingAsync(GuardedTarget target, CancellationToken ct) => throw new NotSupportedException();

        public Task<Existing> SendAsync(ApprovedAction action, CancellationToken ct) => throw new NotSupportedException();
    }
}
