using System.Security.Cryptography;
using Dapper;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Keys;

/// <summary>API keys, stored as hashes: whoever reads the database cannot call with them.</summary>
public sealed class ApiKeyStore(NpgsqlDataSource store, TimeProvider clock)
{
    private readonly ApiKeyCache _cache = new(clock);

    /// <summary>Makes a key. Its token is in the answer and nowhere else.</summary>
    /// <exception cref="InvalidApiKeyException">The name, a scope, the expiry or the cohort cannot be.</exception>
    public async Task<NewApiKey> CreateAsync(
        string name, IReadOnlyCollection<string> scopes, DateTimeOffset? expiresAt = null, string by = AuditChange.HotDash, string? cohort = null, CancellationToken ct = default)
    {
        ApiKeyRules.Check(name, scopes, cohort);
        var token = ApiKeyToken.Create();
        var id = Guid.CreateVersion7();

        var made = await store.ExecuteAuditedAsync(
            """
            insert into api_keys (id, name, hash, scopes, expires_at, cohort)
            select @id, @name, @hash, @scopes, @expiresAt::timestamptz, @cohort
            where @expiresAt::timestamptz is null or @expiresAt > hotdash_now()
            """,
            new { id, name, hash = ApiKeyToken.Hash(token), scopes = scopes.Distinct(StringComparer.Ordinal).ToArray(), expiresAt = expiresAt?.ToUniversalTime(), cohort },
            new(AuditKinds.Key, id.ToString(), "create", by, After: new { name, scopes, expiresAt, cohort }),
            ct);

        return made ? new NewApiKey(id, token) : throw new InvalidApiKeyException("expiresAt", "The expiry lies in the past; give a later time.");
    }

    /// <summary>
    /// Who presents this token; null when nobody does, or the key has expired or was revoked. Answers are cached for 60 s, the
    /// negative ones too, so a revocation takes that long to reach other processes.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store is away and the answer is not cached: neither yes nor no.</exception>
    public Task<ApiKeyIdentity?> VerifyAsync(string token, CancellationToken ct = default)
    {
        if (!ApiKeyToken.IsPlausible(token))
            return Task.FromResult<ApiKeyIdentity?>(null);

        var hash = ApiKeyToken.Hash(token);
        return _cache.GetAsync(Convert.ToHexString(hash), () => FindAsync(hash), ct);
    }

    /// <summary>Ends a key. True if there was one that had not been revoked.</summary>
    public async Task<bool> RevokeAsync(Guid id, string by, CancellationToken ct = default)
    {
        var revoked = await store.ExecuteAuditedAsync(
            "update api_keys set revoked_at = hotdash_now() where id = @id and revoked_at is null", new { id },
            new(AuditKinds.Key, id.ToString(), "revoke", by, new { revoked = false }, new { revoked = true }),
            ct);

        _cache.Forget(id);
        return revoked;
    }

    /// <summary>All keys, newest first, revoked and expired ones too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken ct = default)
    {
        var rows = await store.QueryAsync<Row>(
            """
            select id, name, scopes, cohort, created_at as createdAt, expires_at as expiresAt, last_used_at as lastUsedAt, revoked_at as revokedAt
            from api_keys order by created_at desc, id desc
            """,
            null, ct);

        return [.. rows.Select(row => row.ToApiKey())];
    }

    private async Task<ApiKeyCache.Answer> FindAsync(byte[] hash)
    {
        try
        {
            await using var connection = await store.OpenConnectionAsync();
            var found = await connection.QuerySingleOrDefaultAsync<Found>(VerifySql, new { hash });

            return found is not null && CryptographicOperations.FixedTimeEquals(found.Hash, hash)
                ? new(new ApiKeyIdentity(found.Id, found.Name, found.Scopes.ToHashSet(StringComparer.Ordinal), found.Cohort), found.Remaining)
                : new(null, null);
        }
        catch (Exception e) when (StoreUnavailableException.IsCause(e))
        {
            throw new StoreUnavailableException(e);
        }
    }

    /// <summary>Every process asks at most once in 60 s for a key; of these uses, at most one a minute is written down.</summary>
    private const string VerifySql =
        """
        with used as (
            update api_keys set last_used_at = hotdash_now()
            where hash = @hash and revoked_at is null and (expires_at is null or expires_at > hotdash_now())
              and (last_used_at is null or last_used_at <= hotdash_now() - interval '1 minute'))
        select id, name, hash, scopes, cohort, expires_at - hotdash_now() as remaining
        from api_keys
        where hash = @hash and revoked_at is null and (expires_at is null or expires_at > hotdash_now())
        """;

    private sealed class Found
    {
        public Guid Id { get; init; }

        public required string Name { get; init; }

        public required byte[] Hash { get; init; }

        public required string[] Scopes { get; init; }

        public string? Cohort { get; init; }

        public TimeSpan? Remaining { get; init; }
    }

    private sealed class Row
    {
        public Guid Id { get; init; }

        public required string Name { get; init; }

        public required string[] Scopes { get; init; }

        public string? Cohort { get; init; }

        public DateTime CreatedAt { get; init; }

        public DateTime? ExpiresAt { get; init; }

        public DateTime? LastUsedAt { get; init; }

        public DateTime? RevokedAt { get; init; }

        public ApiKey ToApiKey() => new(Id, Name, Scopes, Cohort, new(CreatedAt), ExpiresAt.ToOffset(), LastUsedAt.ToOffset(), RevokedAt.ToOffset());
    }
}
