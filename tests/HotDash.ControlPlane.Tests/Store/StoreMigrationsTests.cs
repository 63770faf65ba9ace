using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Store;

public sealed class StoreMigrationsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly Migration One = new(1, "0001_one", "create table one (id int);\ninsert into one values (1);\n");
    private static readonly Migration Two = new(2, "0002_two", "create table two (id int);");

    private NpgsqlDataSource _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync(Ct));

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task All_migrations_of_this_build_are_applied_and_only_once()
    {
        var first = await StoreMigrations.ApplyAsync(_store, Ct);
        var second = await StoreMigrations.ApplyAsync(_store, Ct);

        Assert.Equal(Migration.Embedded.Select(migration => migration.Name), first);
        Assert.Empty(second);
    }

    [Fact]
    public void The_files_are_numbered_without_twins()
    {
        var numbers = Migration.Embedded.Select(migration => migration.Number);

        Assert.Distinct(numbers);
    }

    [Fact]
    public async Task A_migration_that_arrives_later_is_applied_alone()
    {
        await StoreMigrations.ApplyAsync(_store, [One], Ct);

        var applied = await StoreMigrations.ApplyAsync(_store, [One, Two], Ct);

        Assert.Equal(["0002_two"], applied);
    }

    [Fact]
    public async Task A_changed_migration_stops_with_its_name_and_what_to_do()
    {
        await StoreMigrations.ApplyAsync(_store, [One, Two], Ct);

        var changed = await Assert.ThrowsAsync<MigrationException>(
            () => StoreMigrations.ApplyAsync(_store, [One with { Sql = "create table uno (id int)" }, Two], Ct));

        Assert.Equal("Migration 0001_one was changed after it had been applied: restore the file, and make the change in a new migration.", changed.Message);
    }

    [Fact]
    public async Task A_missing_migration_stops_with_its_name_and_what_to_do()
    {
        await StoreMigrations.ApplyAsync(_store, [One, Two], Ct);

        var missing = await Assert.ThrowsAsync<MigrationException>(() => StoreMigrations.ApplyAsync(_store, [Two], Ct));

        Assert.Equal("Migration 0001_one was applied to this database but is missing from this build: restore the file.", missing.Message);
    }

    [Fact]
    public async Task A_database_that_a_newer_build_has_migrated_is_left_as_it_is()
    {
        await StoreMigrations.ApplyAsync(_store, [One, Two], Ct);

        var applied = await StoreMigrations.ApplyAsync(_store, [One], Ct);

        Assert.Empty(applied);
    }

    [Fact]
    public async Task Windows_line_ends_are_no_change()
    {
        await StoreMigrations.ApplyAsync(_store, [One], Ct);

        var applied = await StoreMigrations.ApplyAsync(_store, [new Migration(1, One.Name, One.Sql.Replace("\n", "\r\n", StringComparison.Ordinal))], Ct);

        Assert.Empty(applied);
    }

    [Fact]
    public async Task A_migration_that_fails_is_named_and_leaves_nothing_behind()
    {
        var broken = new Migration(2, "0002_broken", "create table half (id int); select 1/0;");

        var failed = await Assert.ThrowsAsync<MigrationException>(() => StoreMigrations.ApplyAsync(_store, [One, broken], Ct));
        var applied = await StoreMigrations.ApplyAsync(_store, [One, broken with { Sql = "create table half (id int)" }], Ct);

        Assert.Equal("Migration 0002_broken failed and changed nothing: division by zero.", failed.Message);
        Assert.Equal(["0002_broken"], applied);
    }

    [Fact]
    public async Task Of_several_runners_at_once_each_migration_is_applied_by_one()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => StoreMigrations.ApplyAsync(_store, [One, Two], Ct)));

        Assert.Equal(["0001_one", "0002_two"], runs.SelectMany(names => names).Order(StringComparer.Ordinal));
    }
}
