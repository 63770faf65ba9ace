using Dapper;
using HotDash.ControlPlane.Audit;
using Npgsql;

namespace HotDash.ControlPlane.Keys;

/// <summary>The key that the deployment sets (<c>ADMIN_API_KEY</c>): all scopes, no expiry. A changed setting ends the old one.</summary>
internal static class AdminKey
{
    public static async Task EnsureAsync(NpgsqlConnection connection, string token, CancellationToken ct)
    {
        if (!ApiKeyToken.IsPlausible(token))
            throw new InvalidApiKeyException("ADMIN_API_KEY", "ADMIN_API_KEY must be 20 to 200 visible ASCII characters; remove it to have one generated.");

        await connection.ExecuteAsync(new CommandDefinition(
            """
            with old as (
                update api_keys set revoked_at = hotdash_now() where name = @name and hash <> @hash and revoked_at is null
                returning id),
            new as (
                insert into api_keys (id, name, hash, scopes) values (@id, @name, @hash, @scopes)
                on conflict (hash) do update set name = excluded.name, scopes = excluded.scopes, expires_at = null, revoked_at = null
                where (api_keys.name, api_keys.scopes) is distinct from (excluded.name, excluded.scopes)
                   or api_keys.expires_at is not null or api_keys.revoked_at is not null
                returning id)
            insert into audit_entries (kind, object_id, action, actor, why, after)
            select 'key', id, 'revoke', @HotDash, 'ADMIN_API_KEY was changed', '{"revoked": true}'::jsonb from old
            union all
            select 'key', id, 'create', @HotDash, 'ADMIN_API_KEY was set', jsonb_build_object('name', @name, 'scopes', @scopes) from new
            """,
            new { id = Guid.CreateVersion7(), name = ApiKeyRules.AdminName, hash = ApiKeyToken.Hash(token), scopes = ApiKeyScopes.All.ToArray(), AuditChange.HotDash },
            cancellationToken: ct));
    }
}
