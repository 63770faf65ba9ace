using Dapper;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Keys;
using HotDash.ControlPlane.Pauses;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Audit;

public sealed class AuditEntryTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly AuditChange Change = new(AuditKinds.Flag, "checkout", "enable", "ada", new { on = false }, new { on = true }, "to see");

    [Fact]
    public async Task An_entry_is_there_exactly_if_its_change_is()
    {
        await WriteAsync(commit: false);
        await WriteAsync(commit: true);

        var entries = await ScalarAsync<string>(
            "select string_agg(concat_ws(' ', kind, object_id, action, actor, why, before, after, seq), ', ') from audit_entries");

        Assert.Equal("""flag checkout enable ada to see {"on": false} {"on": true}""", entries);
    }

    [Theory]
    [InlineData("update audit_entries set actor = 'nobody'")]
    [InlineData("update audit_entries set actor = 'nobody', seq = 1, hash = ''")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    public async Task A_mistake_neither_changes_nor_deletes_entries(string mistake)
    {
        await WriteAsync(commit: true);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Store.ExecuteAsync(mistake, null, Ct));

        Assert.Equal("Entries of the audit are neither changed nor deleted.", refusal.MessageText);
    }

    [Fact]
    public async Task What_HotDash_does_by_itself_is_written_down_as_its_own_and_nothing_when_nothing_changes()
    {
        var pauses = new PauseStore(Store);
        foreach (var _ in (int[])[1, 2])
            await pauses.PauseAsync("publer", "timeout", Ct);
        foreach (var _ in (int[])[1, 2])
            await pauses.RecoveredAsync("publer", Ct);
        await using (var connection = await Store.OpenConnectionAsync(Ct))
        {
            foreach (var token in (string[])["hd_the-first-of-two-keys", "hd_the-first-of-two-keys", "hd_the-second-of-two-keys"])
                await AdminKey.EnsureAsync(connection, token, Ct);
        }

        var entries = await ScalarAsync<string>("select string_agg(concat_ws(' ', kind, action, why), ', ' order by id) from audit_entries where actor = 'HotDash'");

        Assert.Equal(
            "integration pause most of its calls failed (timeout), integration resume a call succeeded, "
            + "key create ADMIN_API_KEY was set, key revoke ADMIN_API_KEY was changed, key create ADMIN_API_KEY was set",
            entries);
    }

    private async Task WriteAsync(bool commit)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await transaction.AuditAsync(Change, Ct);
        if (commit)
            await transaction.CommitAsync(Ct);
    }
}
