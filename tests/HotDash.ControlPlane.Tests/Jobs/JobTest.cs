using HotDash.ControlPlane.Jobs;
using HotDash.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Jobs;

/// <summary>What tests of the queue do all the time.</summary>
public abstract class JobTest(PostgresFixture postgres) : StoreTest(postgres)
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(8);

    internal ManualTimeProvider Clock { get; } = new();

    internal JobQueue Queue => field ??= new(Store, NullLogger<JobQueue>.Instance);

    internal JobStore Jobs => field ??= new(Store, Clock);

    internal JobStore JobsAfter(TimeSpan offset) => new(After(offset), Clock);

    protected async Task<Guid> EnqueueAsync(string kind = "test", object? payload = null, EnqueueOptions? options = null)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var id = await Queue.EnqueueAsync(connection, transaction, kind, payload, options, Ct);
        await transaction.CommitAsync(Ct);

        return id;
    }

    internal static async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(JobStore jobs, int limit = 100) =>
        (await jobs.ExchangeAsync([], limit, "test", Lease, Ct)).Claimed;

    internal Task<IReadOnlyList<ClaimedJob>> ClaimAsync() => ClaimAsync(Jobs);

    /// <returns>Whether the row was still ours.</returns>
    internal async Task<bool> EndAsync(FinishedJob job) => (await Jobs.ExchangeAsync([job], 0, "test", Lease, Ct)).Stale.Count == 0;

    internal JobContext Context(ClaimedJob job) => new(Store, job.Lease, job.Attempt, Clock);

    internal static Task Nothing(NpgsqlConnection connection, NpgsqlTransaction transaction) => Task.CompletedTask;
}
