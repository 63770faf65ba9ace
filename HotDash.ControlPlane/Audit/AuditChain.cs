using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Audit;

/// <summary>
/// Numbers and chains what was committed. Any process may: whoever holds the lock of the chain's end is the sequencer for one batch,
/// and reads from where to go on under that lock. So two never write the same numbers, and one that was frozen meanwhile has nothing
/// stale to write: its transaction is gone.
/// </summary>
internal sealed class AuditChain(NpgsqlDataSource store)
{
    public const string Channel = "hotdash_audit";

    internal const int Batch = 500;

    /// <summary>Chains all that waits, and tells the streams.</summary>
    /// <returns>What waited when it looked.</returns>
    public async Task<UnchainedTail> CatchUpAsync(CancellationToken ct)
    {
        var tail = (await store.QueryFirstAsync<UnchainedTail>(UnchainedTail.Sql, null, ct))!;
        if (tail.Entries > 0 && await ChainAllAsync(ct))
            await store.ExecuteAsync($"notify {Channel}", null, ct);

        return tail;
    }

    /// <returns>0 when nothing waits, or another process is at it.</returns>
    internal async Task<int> NextAsync(CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await transaction.QueryFirstAsync<AuditHead>($"{AuditHead.Sql} for update skip locked", new { }, ct) is not { } head)
            return 0;

        var waiting = await transaction.QueryAsync<AuditEntry>(
            $"select {AuditEntry.Columns} from audit_entries where seq is null order by id limit @Batch", new { Batch }, ct);
        if (waiting is [])
            return 0;

        await WriteAsync(transaction, head, waiting, ct);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
        return waiting.Count;
    }

    /// <returns>Whether there was anything that no other process is at.</returns>
    private async Task<bool> ChainAllAsync(CancellationToken ct)
    {
        var first = await NextAsync(ct);
        for (var batch = first; batch == Batch; batch = await NextAsync(ct))
        {
        }

        return first > 0;
    }

    private static Task<int> WriteAsync(NpgsqlTransaction transaction, AuditHead head, IReadOnlyList<AuditEntry> waiting, CancellationToken ct)
    {
        var hashes = new byte[waiting.Count][];
        for (var i = 0; i < waiting.Count; i++)
            hashes[i] = AuditHash.Of(i == 0 ? head.Hash : hashes[i - 1], head.Seq + i + 1, waiting[i]);

        return transaction.ExecuteAsync(
            """
            update audit_entries e set seq = @Seq + next.number, hash = next.hash
            from unnest(@ids, @hashes) with ordinality next (id, hash, number) where e.id = next.id;
            update audit_chain set seq = @Seq + @Count, hash = @newest
            """,
            new { head.Seq, waiting.Count, ids = waiting.Select(entry => entry.Id).ToArray(), hashes, newest = hashes[^1] }, ct);
    }
}
