using System.Data;
using Dapper;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Audit;

/// <summary>Reads the whole chain as of one moment, an entry at a time, and holds it against the hashes and the signed checkpoints.</summary>
public sealed class AuditVerifier(NpgsqlDataSource store, IOptions<AuditOptions> options)
{
    /// <param name="known">An entry's number and its hash, from a checkpoint that somebody kept elsewhere.</param>
    public async Task<AuditVerdict> VerifyAsync((long Seq, string Hash)? known, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var head = (await transaction.QueryFirstAsync<AuditHead>(AuditHead.Sql, new { }, ct))!;
        var unchained = await transaction.QueryFirstAsync<UnchainedTail>(UnchainedTail.Sql, new { }, ct);

        var flaws = new AuditFlaws();
        var checkpoints = CheckpointLedger.Read(options.Value, head.Log, flaws);
        if (known is var (seq, hash))
            checkpoints.Expect(seq, hash);
        var walk = new AuditWalk(head, checkpoints, flaws);
        await foreach (var entry in connection.QueryUnbufferedAsync<AuditEntry>(
            $"select {AuditEntry.Columns} from audit_entries where seq is not null order by seq, id", transaction: transaction, commandTimeout: 0).WithCancellation(ct))
            walk.Pass(entry);
        walk.End(options.Value.CheckpointEvery);

        return new(head.Log, walk.Entries, walk.Newest, flaws.First, flaws.Count, unchained!, checkpoints.Verdict);
    }
}

/// <summary>What is wrong; the places of the first hundred flaws are enough to begin with.</summary>
internal sealed class AuditFlaws
{
    private readonly List<AuditFlaw> _first = [];

    public IReadOnlyList<AuditFlaw> First => _first;

    public long Count { get; private set; }

    public void Add(AuditFlawKind kind, long from, long to, string what)
    {
        if (++Count <= 100)
            _first.Add(new(kind, from, to, what));
    }
}
