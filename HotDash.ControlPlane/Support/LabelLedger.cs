using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations.Chatwoot;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>The labels of conversations, for whoever learns of them from Chatwoot or changes them there.</summary>
internal sealed class LabelLedger(NpgsqlDataSource store)
{
    /// <summary>What Chatwoot says holds at once, unless somebody has set categories here that it does not have yet.</summary>
    public static Task ToldAsync(NpgsqlTransaction transaction, ConversationLabelling told, CancellationToken ct) => transaction.ExecuteAsync(
        """
        insert into support_conversations (id, labels, changed_at) values (@ConversationId, @labels, hotdash_now())
        on conflict (id) do update set labels = excluded.labels, changed_at = excluded.changed_at where support_conversations.labels <> excluded.labels
        """,
        new { told.ConversationId, labels = told.Labels.Order(StringComparer.Ordinal).ToArray() }, ct);

    public async Task ToldAsync(IEnumerable<ConversationLabelling> told, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var labelling in told.OrderBy(labelling => labelling.ConversationId, StringComparer.Ordinal)) // always in the same order: two of these must not wait for each other
            await ToldAsync(transaction, labelling, ct);

        await transaction.CommitAsync(ct);
    }

    /// <summary>A job for each conversation that still waits.</summary>
    public static async Task CallAsync(NpgsqlTransaction transaction, JobQueue queue, CancellationToken ct)
    {
        foreach (var id in await transaction.QueryAsync<string>("select id from support_conversations where wanted is not null and failure is null order by id", new { }, ct))
            await CallAsync(transaction, queue, id, ct);
    }

    public static Task CallAsync(NpgsqlTransaction transaction, JobQueue queue, string conversationId, CancellationToken ct) => queue.EnqueueAsync(
        transaction.Connection!, transaction, SupportJobs.ApplyLabels, new ApplyLabelsPayload(conversationId), new() { UniqueKey = $"{SupportJobs.ApplyLabels}/{conversationId}" }, ct);

    /// <returns>The categories that somebody set, and what labels mean; null when there is nothing to do.</returns>
    public async Task<(IReadOnlyList<string> Wanted, LabelMap Map)?> WantedAsync(string conversationId, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var wanted = await transaction.QueryFirstAsync<string[]>(
            "select wanted from support_conversations where id = @conversationId and wanted is not null and failure is null", new { conversationId }, ct);

        return wanted is null ? null : (wanted, await SupportLabels.MapAsync(transaction, ct));
    }

    /// <summary>Chatwoot has the labels.</summary>
    /// <returns>False when others are wanted by now.</returns>
    public static async Task<bool> AppliedAsync(NpgsqlTransaction transaction, ConversationLabelling applied, IReadOnlyList<string> wanted, CancellationToken ct)
    {
        await ToldAsync(transaction, applied, ct);
        return await transaction.ExecuteAsync(
            "update support_conversations set wanted = null where id = @ConversationId and wanted = @wanted", new { applied.ConversationId, wanted = wanted.ToArray() }, ct) == 1;
    }

    public static Task RefusedAsync(NpgsqlTransaction transaction, string conversationId, IReadOnlyList<string> wanted, string code, CancellationToken ct) => transaction.ExecuteAsync(
        "update support_conversations set failure = @code where id = @conversationId and wanted = @wanted", new { conversationId, wanted = wanted.ToArray(), code }, ct);
}
