using Dapper;
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
                update api_keys set revoked_at = hotdash_now() where name = @name and hash <> @hash and revoked_at is null)
            insert into api_keys (id, name, hash, scopes) values (@id, @name, @hash, @scopes)
            on conflict (hash) do update set name = excluded.name, scopes = excluded.scopes, expires_at = null, revoked_at = null
            """,
            new { id = Guid.CreateVersion7(), name = ApiKeyRules.AdminName, hash = ApiKeyToken.Hash(token), scopes = ApiKeyScopes.All.ToArray() },
            cancellationToken: ct));
    }
}
