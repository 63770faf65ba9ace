using Dapper;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Jobs;

/// <summary>What a running job knows about its run, and how it makes sure that it still holds its lease.</summary>
public sealed class JobContext
{
    private readonly NpgsqlDataSource _store;
    private readonly JobLease _lease;
    private readonly TimeProvider _clock;

    internal JobContext(NpgsqlDataSource store, JobLease lease, int attempt, TimeProvider clock) =>
        (_store, _lease, Attempt, _clock) = (store, lease, attempt, clock);

    public Guid JobId => _lease.JobId;

    /// <summary>1 for the first run; runs that ended in a snooze are not counted.</summary>
    public int Attempt { get; }

    /// <summary>The number of this lease: larger than that of any earlier lease of any job.</summary>
    public long Fence => _lease.Fence;

    /// <summary>How long nobody else can get the job, by this process's own monotonic clock.</summary>
    public TimeSpan RemainingLease => _lease.Remaining;

    /// <summary>To be called right before an effect: a fence cannot stop a call that is already on the wire.</summary>
    /// <param name="needed">The call's attempt timeout plus a margin.</param>
    /// <exception cref="LeaseTooShortException">The lease may end before the call does. The runner runs the job again.</exception>
    public void EnsureLease(TimeSpan needed)
    {
        if (RemainingLease is var remaining && remaining < needed)
            throw new LeaseTooShortException(needed, remaining);
    }

    /// <summary>
    /// Lengthens the lease first when it is shorter than <paramref name="needed"/>, for a call that may take longer than the usual
    /// lease. The price: if this process dies meanwhile, the job runs elsewhere only when the longer lease has ended.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has the job.</exception>
    public async Task EnsureLeaseAsync(TimeSpan needed, CancellationToken ct)
    {
        if (RemainingLease < needed)
            await LengthenAsync(needed + TimeSpan.FromSeconds(2), ct);

        EnsureLease(needed);
    }

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction that commits only if this lease still holds the job; no other worker can
    /// get the job until then. Follow-up jobs may be enqueued in it.
    /// </summary>
    /// <exception cref="LeaseLostException">Another worker has the job; nothing was done.</exception>
    public async Task InFencedTransactionAsync(Func<NpgsqlConnection, NpgsqlTransaction, Task> work, CancellationToken ct)
    {
        await using var connection = await _store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        if (await connection.ExecuteScalarAsync(new CommandDefinition(
                "select 1 from jobs where id = @JobId and fence = @Fence for update", new { JobId, Fence }, transaction, cancellationToken: ct)) is null)
            throw new LeaseLostException(JobId);

        await work(connection, transaction);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
    }

    private async Task LengthenAsync(TimeSpan length, CancellationToken ct)
    {
        var began = _clock.GetTimestamp();

        if (await _store.ExecuteAsync(
                "update jobs set leased_until = greatest(leased_until, hotdash_now() + @length) where id = @JobId and fence = @Fence",
                new { JobId, Fence, length }, ct) == 0)
        {
            _lease.Lose();
            throw new LeaseLostException(JobId);
        }

        _lease.Renew(began, length);
    }
}
