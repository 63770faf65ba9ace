using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Store;

/// <summary>What the one-shot migrations run does: the schema, the data-protection keys, the admin key. Running it again changes nothing.</summary>
public sealed partial class StoreSetup(
    NpgsqlDataSource store, IDataProtectionProvider dataProtection, IConfiguration configuration, ILogger<StoreSetup> logger)
{
    public async Task RunAsync(CancellationToken ct)
    {
        var applied = await StoreMigrations.ApplyAsync(store, ct);
        LogApplied(applied.Count, applied is [.., var newest] ? newest : "none");

        dataProtection.CreateProtector("HotDash.Migrations").Protect([0]); // makes the first key, and the next one when it is due

        if (configuration["ADMIN_API_KEY"] is { Length: > 0 } adminKey)
        {
            await using var connection = await store.OpenConnectionAsync(ct);
            await AdminKey.EnsureAsync(connection, adminKey, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Count} migrations; the newest is {Newest}.")]
    private partial void LogApplied(int count, string newest);
}
