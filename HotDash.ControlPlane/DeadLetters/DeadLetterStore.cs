using Dapper;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Where writes end that could not be delivered. A letter stays until somebody replays or discards it.</summary>
public sealed class DeadLetterStore(NpgsqlDataSource store, RequestVault vault) : IDeadLetterSink
{
    /// <summary>Letters that one request may name, or that one filter may choose.</summary>
    public const int MaxNamed = 1000;

    public async Task<Guid> KeepAsync(DeadLetter letter, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var id = await KeepAsync(transaction, NewLetter.Of(letter), ct);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown

        return id;
    }

    /// <summary>Keeps a letter in the caller's transaction, so that it exists exactly if what the caller writes does.</summary>
    /// <returns>Its id; for a subject that has a letter, that one's, which tells of this failure from now on.</returns>
    public async Task<Guid> KeepAsync(NpgsqlTransaction transaction, NewLetter letter, CancellationToken ct)
    {
        if (letter.Subject is { } subject && await AgainAsync(transaction, subject, letter, ct) is { } known)
            return known;

        var id = Guid.CreateVersion7();
        var cause = await CauseAsync(transaction, letter.Integration, letter.Operation, letter.Failure, ct);
        await transaction.ExecuteAsync(
            """
            insert into dead_letters (id, cause_id, state, request, attempts, first_at, last_at, trace_id, idempotency_key, origin, subject, unknown_at)
            values (@id, @cause, @state, @request, @Attempts, coalesce(@firstAt, hotdash_now()), coalesce(@lastAt, hotdash_now()),
                    @TraceId, @IdempotencyKey, @Origin, @Subject, case when @state = 'unknown' then hotdash_now() end)
            """,
            new
            {
                id,
                cause,
                state = StateOf(letter.Failure),
                request = vault.Seal(id, letter.Request),
                letter.Attempts,
                firstAt = letter.FirstAt?.ToUniversalTime(),
                lastAt = letter.LastAt?.ToUniversalTime(),
                letter.TraceId,
                letter.IdempotencyKey,
                letter.Origin,
                letter.Subject,
            }, ct);

        return id;
    }

    internal static string StateOf(LetterFailure failure) => (failure.OutcomeUnknown ? LetterState.Unknown : LetterState.Pending).ToSnakeCase();

    /// <returns>The id of the cause, which is made when it is new.</returns>
    internal static async Task<int> CauseAsync(NpgsqlTransaction transaction, string integration, string operation, LetterFailure failure, CancellationToken ct)
    {
        var cause = new { integration, operation, failure.Code, failure.Summary };
        const string find =
            "select id from dead_letter_causes where integration = @integration and operation = @operation and failure = @Code and summary = @Summary";

        while (true)
        {
            if (await transaction.QueryFirstAsync<int?>(find, cause, ct) is { } id)
                return id;

            await transaction.ExecuteAsync(
                "insert into dead_letter_causes (integration, operation, failure, summary) values (@integration, @operation, @Code, @Summary) on conflict do nothing",
                cause, ct);
        }
    }

    private static async Task<Guid?> AgainAsync(NpgsqlTransaction transaction, string subject, NewLetter letter, CancellationToken ct)
    {
        if (await transaction.QueryFirstAsync<Guid?>("select id from dead_letters where subject = @subject for update", new { subject }, ct) is not { } id)
            return null;

        await LetterEnds.WriteAsync(transaction, id, attemptId: null, LetterEnd.Failed(letter.Failure), ct);
        return id;
    }
}
