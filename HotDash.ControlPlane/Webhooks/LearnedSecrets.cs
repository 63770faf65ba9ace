using System.Text;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What providers make up themselves to sign with, and tell to whoever subscribes. Kept sealed: the two newest of a source.</summary>
internal sealed class LearnedSecrets(NpgsqlDataSource store, WebhookVault vault)
{
    private const int Most = 2;

    public async Task LearnAsync(string source, string secret, CancellationToken ct)
    {
        var (id, bytes) = (Guid.CreateVersion7(), Encoding.UTF8.GetBytes(secret));
        if ((await OfAsync(source, ct)).Any(known => known.AsSpan().SequenceEqual(bytes)))
            return;

        await store.ExecuteAsync(
            """
            with newest as (select id from webhook_secrets where source = @source order by learned_at desc limit @others),
                 gone as (delete from webhook_secrets where source = @source and id not in (select id from newest))
            insert into webhook_secrets (id, source, secret) values (@id, @source, @box)
            """,
            new { id, source, box = vault.Seal(id, bytes), others = Most - 1 }, ct);
    }

    public async Task<IReadOnlyList<byte[]>> OfAsync(string source, CancellationToken ct)
    {
        var rows = await store.QueryAsync<(Guid Id, byte[] Box)>(
            "select id, secret from webhook_secrets where source = @source order by learned_at desc", new { source }, ct);

        return [.. rows.Select(row => vault.Open(row.Id, row.Box)).OfType<byte[]>()];
    }
}
