using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>What the labels of Chatwoot mean here, and which categories conversations have.</summary>
public sealed class SupportLabels(NpgsqlDataSource store, JobQueue queue)
{
    private const string Mapping = "select label as Label, category as Category from support_labels order by mapped_at, label";

    /// <summary>The one that was mapped first is the first.</summary>
    public Task<IReadOnlyList<MappedLabel>> ListAsync(CancellationToken ct) => store.QueryAsync<MappedLabel>(Mapping, null, ct);

    public async Task MapAsync(MappedLabel mapped, string by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mapped);
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var before = await CategoryAsync(transaction, mapped.Label, ct);
        await transaction.ExecuteAsync(
            "insert into support_labels (label, category, mapped_at) values (@Label, @Category, hotdash_now()) on conflict (label) do update set category = excluded.category",
            mapped, ct);
        await transaction.AuditAsync(new(AuditKinds.Label, mapped.Label, "map", by, before is null ? null : new { category = before }, new { category = mapped.Category }), ct);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <returns>False when the label means nothing here.</returns>
    public async Task<bool> UnmapAsync(string label, string by, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await CategoryAsync(transaction, label, ct) is not { } category)
            return false;

        await transaction.ExecuteAsync("delete from support_labels where label = @label", new { label }, ct);
        await transaction.AuditAsync(new(AuditKinds.Label, label, "unmap", by, new { category }), ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <returns>Null when Chatwoot never told us of the conversation, and nobody set anything.</returns>
    public async Task<ConversationCategories?> OfAsync(string conversationId, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        return await OfAsync(transaction, conversationId, ct);
    }

    /// <summary>Gives the conversation exactly these categories. A job gives it the labels in Chatwoot that say so.</summary>
    /// <exception cref="UnknownCategoryException">No label stands for one of them.</exception>
    public async Task<ConversationCategories> SetAsync(string conversationId, IReadOnlyList<string> categories, string by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(categories);
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var map = await MapAsync(transaction, ct);
        if (categories.FirstOrDefault(category => !map.Knows(category)) is { } unknown)
            throw new UnknownCategoryException(unknown);

        var before = await OfAsync(transaction, conversationId, ct);
        string[] wanted = [.. categories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        await transaction.ExecuteAsync(
            """
            insert into support_conversations (id, labels, wanted, changed_at) values (@conversationId, '{}', @wanted, hotdash_now())
            on conflict (id) do update set wanted = excluded.wanted, failure = null, changed_at = excluded.changed_at
            """,
            new { conversationId, wanted }, ct);
        await transaction.AuditAsync(
            new(AuditKinds.Conversation, conversationId, "categorize", by, before is null ? null : new { categories = before.Categories }, new { categories = wanted }), ct);
        await LabelLedger.CallAsync(transaction, queue, conversationId, ct);
        await transaction.CommitAsync(CancellationToken.None);

        queue.Wake();
        return new(conversationId, wanted, before?.Labels ?? [], Waits: true, Failure: null);
    }

    internal static async Task<LabelMap> MapAsync(NpgsqlTransaction transaction, CancellationToken ct) => new(await transaction.QueryAsync<MappedLabel>(Mapping, new { }, ct));

    private static Task<string?> CategoryAsync(NpgsqlTransaction transaction, string label, CancellationToken ct) =>
        transaction.QueryFirstAsync<string>("select category from support_labels where label = @label for update", new { label }, ct);

    private static async Task<ConversationCategories?> OfAsync(NpgsqlTransaction transaction, string conversationId, CancellationToken ct)
    {
        if (await transaction.QueryFirstAsync<Row>(
            "select labels as Labels, wanted as Wanted, failure as Failure from support_conversations where id = @conversationId", new { conversationId }, ct) is not { } row)
            return null;

        return new(conversationId, row.Wanted ?? (await MapAsync(transaction, ct)).CategoriesOf(row.Labels), row.Labels, row is { Wanted: not null, Failure: null }, row.Failure);
    }

    private sealed class Row
    {
        public required string[] Labels { get; init; }
        public string[]? Wanted { get; init; }
        public string? Failure { get; init; }
    }
}

/// <param name="Labels">As Chatwoot said last.</param>
/// <param name="Waits">The categories were set here, and Chatwoot does not have their labels yet.</param>
/// <param name="Failure">Why it never will: a code of docs/errors.md.</param>
public sealed record ConversationCategories(string ConversationId, IReadOnlyList<string> Categories, IReadOnlyList<string> Labels, bool Waits, string? Failure);

/// <summary>No label stands for the category.</summary>
public sealed class UnknownCategoryException(string category) : Exception("No label stands for the category.")
{
    public string Category { get; } = category;
}
