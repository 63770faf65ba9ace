using System.Diagnostics;
using System.Text;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>A message on its way. A class, so that nothing prints it by accident.</summary>
public sealed class AlertMessage
{
    public Guid Id { get; init; }

    public string Body { get; init; } = "";

    public DateTime At { get; init; }
}

/// <summary>
/// The messages on their way, and those that could not be delivered: dead letters like any write's. The receiver knows a message by its id, so
/// sending one again does no harm and its outcome is never in doubt.
/// </summary>
public sealed class AlertLetters(NpgsqlDataSource store, DeadLetterStore letters, JobQueue queue) : IReplayPath
{
    private const string Prefix = "alert:";

    public bool Takes(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task<Reopening> ReopenAsync(NpgsqlTransaction transaction, string subject, bool outcomeUnknown, CancellationToken ct)
    {
        await queue.EnqueueAsync(transaction.Connection!, transaction, AlertJobs.Send, new SendMessagePayload(Guid.Parse(subject[Prefix.Length..])),
            new EnqueueOptions { MaxAttempts = AlertJobs.NeverDead }, ct);
        return Reopening.Done;
    }

    /// <returns>Null when it is not to be sent any more.</returns>
    public Task<AlertMessage?> FindAsync(Guid id, CancellationToken ct) =>
        store.QueryFirstAsync<AlertMessage>("select id as Id, body as Body, at as At from alert_messages where id = @id and sent_at is null", new { id }, ct);

    /// <summary>The receiver took it, which settles the letter of an earlier failure.</summary>
    public static async Task DeliveredAsync(NpgsqlTransaction transaction, Guid id, CancellationToken ct)
    {
        await transaction.ExecuteAsync("update alert_messages set sent_at = hotdash_now() where id = @id", new { id }, ct);
        if (await transaction.QueryFirstAsync<Guid?>("select id from dead_letters where subject = @subject", new { subject = $"{Prefix}{id}" }, ct) is { } letter)
            await LetterEnds.WriteAsync(transaction, letter, attemptId: null, LetterEnd.Replayed, ct);
    }

    public Task KeepAsync(NpgsqlTransaction transaction, AlertMessage message, int attempts, IntegrationException failure, CancellationToken ct) => letters.KeepAsync(
        transaction,
        new NewLetter
        {
            Integration = failure.Integration,
            Operation = "send-message",
            Request = new() { Method = "POST", Path = "", Body = Encoding.UTF8.GetBytes(message.Body) },
            Failure = LetterFailure.Of(failure) with { OutcomeUnknown = false },
            Attempts = attempts,
            FirstAt = new DateTimeOffset(message.At),
            TraceId = Activity.Current?.TraceId.ToString(),
            IdempotencyKey = message.Id.ToString(),
            Origin = AlertJobs.Check,
            Subject = $"{Prefix}{message.Id}",
        },
        ct);
}
