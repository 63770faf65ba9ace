using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Audit;

public sealed class AuditMigrationTests(PostgresFixture postgres)
{
    private const string Write =
        """insert into flag_changes (flag, action, actor, why, before, after) values ('checkout', @action, 'ada', 'a tester', null, '{"on": true, "user": "user-1"}')""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_record_of_flag_changes_moves_into_the_audit_without_users_and_old_processes_still_write_it()
    {
        await using var store = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Ct));
        await StoreMigrations.ApplyAsync(store, [.. Migration.Embedded.Where(migration => migration.Number < 70)], Ct);
        await store.ExecuteAsync(Write, new { action = "override" }, Ct);

        await StoreMigrations.ApplyAsync(store, Ct);
        await store.ExecuteAsync(Write, new { action = "enable" }, Ct);
        var entries = await store.QueryFirstAsync<string>(
            "select string_agg(concat_ws(' ', kind, object_id, action, actor, why, after), ', ' order by id) from audit_entries", null, Ct);

        Assert.Equal("""flag checkout override ada a tester {"on": true}, flag checkout enable ada a tester {"on": true, "user": "user-1"}""", entries);
    }
}
