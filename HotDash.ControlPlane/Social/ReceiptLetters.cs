using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>Receipts that could not be copied are dead letters, too. Copying them again replaces them, so their outcome is never in doubt.</summary>
public sealed class ReceiptLetters(NpgsqlDataSource store, DeadLetterStore letters, JobQueue queue) : IReplayPath
{
    private const string Prefix = "receipts:";

    public bool Takes(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task<Reopening> ReopenAsync(NpgsqlTransaction transaction, string subject, bool outcomeUnknown, CancellationToken ct)
    {
        await queue.EnqueueAsync(
            transaction.Connection!, transaction, SocialJobs.MirrorReceipts, new MirrorReceiptsPayload(subject[Prefix.Length..]), ct: ct);
        return Reopening.Done;
    }

    /// <summary>A last run that fails leaves a letter.</summary>
    public static bool IsLast(JobContext context, IntegrationException failure) =>
        !failure.Retryable || context.Attempt >= EnqueueOptions.Default.MaxAttempts;

    /// <param name="transaction">That of the job's lease.</param>
    public Task KeepAsync(NpgsqlTransaction transaction, string jobId, int attempts, IntegrationException failure, CancellationToken ct) => letters.KeepAsync(
        transaction,
        new NewLetter
        {
            Integration = failure.Integration,
            Operation = "save-receipts",
            Request = new() { Method = "POST", Path = "social_receipts" },
            Failure = LetterFailure.Of(failure) with { OutcomeUnknown = false },
            Attempts = attempts,
            Origin = SocialJobs.MirrorReceipts,
            Subject = Prefix + jobId,
        },
        ct);

    /// <summary>Settles the letter of an earlier failure, if there is one.</summary>
    public async Task DeliveredAsync(string jobId, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await transaction.QueryFirstAsync<Guid?>("select id from dead_letters where subject = @subject", new { subject = Prefix + jobId }, ct) is not { } letter)
            return;

        await LetterEnds.WriteAsync(transaction, letter, attemptId: null, LetterEnd.Replayed, ct);
        await transaction.CommitAsync(CancellationToken.None);
    }
}
