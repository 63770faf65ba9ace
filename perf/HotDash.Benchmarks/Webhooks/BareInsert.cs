using HotDash.ControlPlane.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace HotDash.Benchmarks.Webhooks;

/// <summary>What HotDash is held against: the same rows, into the same table, one prepared statement and one transaction each.</summary>
internal sealed class BareInsert(NpgsqlDataSource store)
{
    private readonly byte[] _sealed = new WebhookVault(new EphemeralDataProtectionProvider()).Seal(Guid.NewGuid(), Sender.Body);

    public async Task<Func<CancellationToken, Task>> OpenAsync(CancellationToken ct)
    {
        var connection = await store.OpenConnectionAsync(ct);
        var command = new NpgsqlCommand(
            """
            insert into webhook_events (id, source, delivery_id, topic, resource, lane, bytes, body)
            values ($1, 'shopify', $2, 'orders/updated', 'orders/820982911946154508', $3, $4, $5)
            """, connection)
        {
            Parameters = { new() { Value = Guid.Empty }, new() { Value = "" }, new() { Value = (short)3 }, new() { Value = Sender.Body.Length }, new() { Value = _sealed } },
        };
        await command.PrepareAsync(ct);

        return async token =>
        {
            command.Parameters[0].Value = Guid.CreateVersion7();
            command.Parameters[1].Value = Guid.NewGuid().ToString();
            await command.ExecuteNonQueryAsync(token);
        };
    }
}
