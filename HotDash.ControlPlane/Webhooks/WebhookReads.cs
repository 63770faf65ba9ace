using Dapper;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Shows what is in the inbox.</summary>
public sealed class WebhookReads(NpgsqlDataSource store, WebhookVault vault)
{
    private const string Columns =
        """
        id, seq, source, topic, resource, delivery_id as DeliveryId, state, received_at as ReceivedAt, attempts, last_error as Error,
        case state when 'pending' then due_at end as DueAt, settled_at as SettledAt, bytes
        """;

    /// <summary>Newest first.</summary>
    public async Task<Page<WebhookView>> ListAsync(WebhookFilter filter, WebhookPosition? after, int limit, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            $"select {Columns} from webhook_events where true{Conditions(filter)}{(after is null ? "" : " and seq < @Seq")} order by seq desc limit @Take",
            Parameters(filter, after, limit + 1), ct);

        return Page.Of(rows, limit, row => new WebhookPosition(row.Seq)).Select(row => row.ToView());
    }

    /// <returns>Null when there is no such event.</returns>
    public async Task<OpenedWebhook?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        if (await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
                $"select {Columns} from webhook_events where id = @id", new { id }, cancellationToken: ct)) is not { } row)
            return null;

        var box = await connection.ExecuteScalarAsync<byte[]>(new CommandDefinition("select body from webhook_events where id = @id", new { id }, cancellationToken: ct));
        return new(row.ToView(), box is null ? null : vault.Open(id, box));
    }

    private static string Conditions(WebhookFilter filter) => string.Concat(
        new (object? Value, string Sql)[]
        {
            (filter.Source, "source = @Source"),
            (filter.Topic, "topic = @Topic"),
            (filter.Resource, "resource = @Resource"),
            (filter.State, "state = @State"),
            (filter.From, "received_at >= @From"),
            (filter.To, "received_at < @To"),
            (filter.Text, @"concat_ws(' ', topic, resource, delivery_id, last_error) ilike @Text escape '\'"),
        }.Where(condition => condition.Value is not null).Select(condition => $" and {condition.Sql}"));

    private static DynamicParameters Parameters(WebhookFilter filter, WebhookPosition? after, int take)
    {
        var parameters = new DynamicParameters(new { filter.Source, filter.Topic, filter.Resource, after?.Seq, Take = take });
        parameters.Add("State", filter.State?.ToSnakeCase());
        parameters.Add("From", filter.From?.UtcDateTime);
        parameters.Add("To", filter.To?.UtcDateTime);
        parameters.Add("Text", filter.Text is { } text ? LikePattern.Containing(text) : null);

        return parameters;
    }

    private sealed record Row(
        Guid Id, long Seq, string Source, string Topic, string Resource, string DeliveryId, string State, DateTime ReceivedAt, int Attempts, string? Error,
        DateTime? DueAt, DateTime? SettledAt, int Bytes)
    {
        public WebhookView ToView() => new(
            Id, Source, Topic, Resource, DeliveryId, SnakeCase.Parse<WebhookState>(State), new(ReceivedAt), Attempts, Error,
            DueAt.ToOffset(), SettledAt.ToOffset(), Bytes);
    }
}
