using Dapper;
using HotDash.ControlPlane.Jobs;
using Npgsql;

namespace HotDash.TestWorker;

internal sealed record Effect(int Milliseconds);

/// <summary>
/// Works for a while, deaf to cancellation, then stores its effect if its lease allows. Tells of its beginning and of a refusal, in the
/// tables <c>test_begun</c>, <c>test_effects</c> and <c>test_refused</c>.
/// </summary>
internal sealed class EffectJob(NpgsqlDataSource store) : IJob<Effect>
{
    private static readonly TimeSpan Needed = TimeSpan.FromMilliseconds(200);

    public async Task<JobOutcome> RunAsync(Effect payload, JobContext context, CancellationToken ct)
    {
        await NoteAsync("test_begun", context);
        await Task.Delay(payload.Milliseconds, CancellationToken.None);

        try
        {
            context.EnsureLease(Needed);
            await context.InFencedTransactionAsync(
                (connection, transaction) => connection.ExecuteAsync(
                    "insert into test_effects (job, fence) values (@JobId, @Fence)", new { context.JobId, context.Fence }, transaction),
                CancellationToken.None);
        }
        catch (Exception e) when (e is LeaseTooShortException or LeaseLostException)
        {
            await NoteAsync("test_refused", context);
        }

        return JobOutcome.Done; // also when it was refused: the queue must not believe it
    }

    private async Task NoteAsync(string table, JobContext context)
    {
        await using var connection = await store.OpenConnectionAsync();
        await connection.ExecuteAsync($"insert into {table} (job, fence) values (@JobId, @Fence)", new { context.JobId, context.Fence });
    }
}
