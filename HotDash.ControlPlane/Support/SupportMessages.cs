using System.Globalization;
using System.Text.Json;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>What was said in conversations, sealed: for when Chatwoot is away, and to tell what is new.</summary>
internal sealed class SupportMessages(NpgsqlDataSource store, SupportVault vault)
{
    /// <summary>A message that is known is written over: it may have been changed.</summary>
    public async Task KeepAsync(NpgsqlTransaction transaction, string conversationId, Message message, CancellationToken ct)
    {
        if (!long.TryParse(message.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return;

        await transaction.ExecuteAsync(
            """
            insert into support_messages (conversation_id, id, kind, private, at, box) values (@conversationId, @id, @kind, @Private, @at, @box)
            on conflict (conversation_id, id) do update set box = excluded.box
            """,
            new
            {
                conversationId,
                id,
                kind = message.Kind.ToSnakeCase(),
                message.Private,
                at = message.CreatedAt.UtcDateTime,
                box = vault.Seal(Purpose(conversationId, id), JsonSerializer.Serialize(new Words(message.Text, message.Sender))),
            }, ct);
    }

    public async Task KeepAsync(string conversationId, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var message in messages)
            await KeepAsync(transaction, conversationId, message, ct);

        await transaction.CommitAsync(ct);
    }

    /// <returns>The id of the customer's newest message that we know of; null when there is none.</returns>
    public async Task<string?> NewestOfCustomerAsync(string conversationId, CancellationToken ct) =>
        (await store.QueryFirstAsync<long?>(
            "select max(id) from support_messages where conversation_id = @conversationId and kind = 'incoming'", new { conversationId }, ct))?.ToString(CultureInfo.InvariantCulture);

    /// <summary>The oldest first; without those that cannot be opened any more.</summary>
    public async Task<IReadOnlyList<Message>> OfAsync(string conversationId, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            "select id as Id, kind as Kind, private as Private, at as At, box as Box from support_messages where conversation_id = @conversationId order by id",
            new { conversationId }, ct);

        return [.. rows.Select(row => Open(conversationId, row)).OfType<Message>()];
    }

    public Task<int> PruneAsync(TimeSpan retention, int most, CancellationToken ct) => store.ExecuteAsync(
        """
        delete from support_messages where (conversation_id, id) in (
            select conversation_id, id from support_messages where at < hotdash_now() - @retention order by at limit @most for update skip locked)
        """,
        new { retention, most }, ct);

    private Message? Open(string conversationId, Row row) =>
        vault.Open(Purpose(conversationId, row.Id), row.Box) is { } json && JsonSerializer.Deserialize<Words>(json) is { } words
            ? new($"{row.Id}", SnakeCase.Parse<MessageKind>(row.Kind), row.Private, words.Text, words.Sender, new(row.At), Mark: null)
            : null;

    private static string Purpose(string conversationId, long id) => string.Create(CultureInfo.InvariantCulture, $"message/{conversationId}/{id}");

    private sealed record Row(long Id, string Kind, bool Private, DateTime At, byte[] Box);

    private sealed class Words(string? text, string? sender)
    {
        public string? Text => text;

        public string? Sender => sender;
    }
}
