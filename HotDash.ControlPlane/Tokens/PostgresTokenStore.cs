using System.Text;
using HotDash.ControlPlane.DataProtection;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Tokens;

/// <summary>
/// Tokens in Postgres, sealed with the data-protection keys. While the store is away each process fetches its own: a call needs no more
/// than a token that is good.
/// </summary>
internal sealed partial class PostgresTokenStore(NpgsqlDataSource store, IDataProtectionProvider dataProtection, TimeProvider clock, ILogger<PostgresTokenStore> logger)
    : ITokenStore
{
    /// <summary>How often those who wait look whether the token is there.</summary>
    internal static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly TokenRows _rows = new(store);
    private readonly IDataProtector _protector = dataProtection.CreateProtector("HotDash.Tokens");

    public async Task<AccessToken> GetAsync(string name, string? refused, Func<CancellationToken, Task<AccessToken>> fetch, CancellationToken ct)
    {
        var fetcher = Guid.CreateVersion7();
        var (kept, ours) = await KeptAsync(name, refused, fetcher, ct);

        return kept ?? (ours ? await FetchAsync(name, fetcher, fetch, ct) : await fetch(ct));
    }

    /// <returns>The token; or none, and whether it is ours to fetch for all.</returns>
    private async Task<(AccessToken? Token, bool Ours)> KeptAsync(string name, string? refused, Guid fetcher, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var row = await _rows.ReadAsync(name, ct);
                if (Open(name, row) is { } token && token.Value != refused)
                    return (token, false);
                if (await _rows.ClaimAsync(name, row.Version, fetcher, ct))
                    return (null, true);

                await Task.Delay(Look, clock, ct);
            }
        }
        catch (Exception e) when (StoreUnavailableException.IsCause(e))
        {
            LogAlone(name, e.Message);
            return (null, false);
        }
    }

    private async Task<AccessToken> FetchAsync(string name, Guid fetcher, Func<CancellationToken, Task<AccessToken>> fetch, CancellationToken ct)
    {
        try
        {
            var token = await fetch(ct);
            await TryAsync(name, () => _rows.SaveAsync(name, fetcher, Seal(name, token), token.GoodFor, CancellationToken.None));
            return token;
        }
        catch
        {
            await TryAsync(name, () => _rows.ReleaseAsync(name, fetcher, CancellationToken.None));
            throw;
        }
    }

    private async Task TryAsync(string name, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception e) when (StoreUnavailableException.IsCause(e))
        {
            LogAlone(name, e.Message);
        }
    }

    private byte[] Seal(string name, AccessToken token) => _protector.CreateProtector(name).Protect(Encoding.UTF8.GetBytes(token.Value));

    /// <returns>Null when there is none, its time is over, or it was sealed with a key that is gone.</returns>
    private AccessToken? Open(string name, TokenRow row)
    {
        if (row is not { Sealed: { } box, GoodFor: { } goodFor } || goodFor <= TimeSpan.Zero)
            return null;

        return _protector.CreateProtector(name).TryUnprotect(box) is { } token ? new(Encoding.UTF8.GetString(token), goodFor) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store keeps no token {Name} at present; this process uses its own: {Why}")]
    private partial void LogAlone(string name, string why);
}
