using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Tests.Audit;

/// <summary>A log with some entries in it, and a folder for its checkpoints.</summary>
public abstract class AuditTest(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly TestFolder _folder = TestFolder.Create();

    private protected AuditChain Chain => field ??= new(Store);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Entries about flag-1, flag-2…</summary>
    private protected Task WriteAsync(int from, int to) => Store.ExecuteAsync(
        """
        insert into audit_entries (kind, object_id, action, actor, why, after)
        select 'flag', 'flag-' || number, 'enable', 'ada', case when number % 2 = 0 then 'to see' end, '{"on": true, "percent": 12.5}'
        from generate_series(@from, @to) number
        """,
        new { from, to }, Ct);

    private protected async Task ChainedAsync(int from, int to)
    {
        await WriteAsync(from, to);
        await Chain.CatchUpAsync(Ct);
    }

    private protected async Task SignAsync(string key = "only for tests, and long")
    {
        using var keeper = new CheckpointKeeper(Store, Configured(key), NullLogger<CheckpointKeeper>.Instance);
        await keeper.KeepAsync(Ct);
    }

    private protected Task<AuditVerdict> VerifyAsync((long, string)? known = null) => new AuditVerifier(Store, Configured()).VerifyAsync(known, Ct);

    /// <summary>What somebody can do who owns the database.</summary>
    private protected Task TamperAsync(string sql) => Store.ExecuteAsync(
        $"alter table audit_entries disable trigger all; {sql}; alter table audit_entries enable trigger all", null, Ct);

    private protected IOptions<AuditOptions> Configured(string key = "only for tests, and long") => Configured("AUDIT_KEY", key);

    private protected IOptions<AuditOptions> Verifying(string publicKey) => Configured("AUDIT_PUBLIC_KEY", publicKey);

    private IOptions<AuditOptions> Configured(string variable, string key)
    {
        var options = new AuditOptions();
        options.Read(new ConfigurationBuilder().AddInMemoryCollection(
            [new(variable, key), new("AUDIT_FOLDER", _folder["audit"]), new("Audit:CheckpointRows", "1")]).Build());
        return Options.Create(options);
    }
}
