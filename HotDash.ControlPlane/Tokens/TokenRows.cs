using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Tokens;

/// <summary>A stored token.</summary>
/// <param name="Version">Grows with every new one; 0 while there is none.</param>
/// <param name="GoodFor">Not above zero when its time is over; null while there is none.</param>
internal sealed record TokenRow(long Version, byte[]? Sealed, TimeSpan? GoodFor)
{
    public static readonly TokenRow None = new(0, null, null);
}

/// <summary>The table of access tokens. Of all who find a token to be renewed, one may do it at a time.</summary>
internal sealed class TokenRows(NpgsqlDataSource store)
{
    /// <summary>Longer than a fetch takes. When its process dies meanwhile, another one takes over after this.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    public async Task<TokenRow> ReadAsync(string name, CancellationToken ct) => await store.QueryFirstAsync<TokenRow>(
        "select version as Version, sealed as Sealed, good_until - hotdash_now() as GoodFor from access_tokens where name = @name", new { name }, ct) ?? TokenRow.None;

    /// <returns>False when somebody else is at it, or has been since <paramref name="seen"/>.</returns>
    public async Task<bool> ClaimAsync(string name, long seen, Guid fetcher, CancellationToken ct) => await store.ExecuteAsync(
        """
        insert into access_tokens (name, version, fetcher, fetching_until) values (@name, 0, @fetcher, hotdash_now() + @Lease)
        on conflict (name) do update set fetcher = excluded.fetcher, fetching_until = excluded.fetching_until
        where access_tokens.version = @seen and (access_tokens.fetching_until is null or access_tokens.fetching_until <= hotdash_now())
        """,
        new { name, seen, fetcher, Lease }, ct) == 1;

    /// <summary>Nothing happens when another one has taken over. Tokens whose name nobody uses any more go.</summary>
    public Task SaveAsync(string name, Guid fetcher, byte[] token, TimeSpan goodFor, CancellationToken ct) => store.ExecuteAsync(
        """
        update access_tokens
        set version = version + 1, sealed = @token, good_until = hotdash_now() + @goodFor, fetcher = null, fetching_until = null
        where name = @name and fetcher = @fetcher;
        delete from access_tokens where good_until < hotdash_now() - interval '1 day' and fetcher is null
        """,
        new { name, fetcher, token, goodFor }, ct);

    public Task ReleaseAsync(string name, Guid fetcher, CancellationToken ct) => store.ExecuteAsync(
        "update access_tokens set fetcher = null, fetching_until = null where name = @name and fetcher = @fetcher", new { name, fetcher }, ct);
}
