using Dapper;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.TestWorker;

/// <summary>A store that tells of changes (channel <c>test_changed</c>) and records who ended each job (table <c>test_ended</c>).</summary>
public static class WatchedStore
{
    public static async Task PrepareAsync(string connectionString)
    {
        await using var store = NpgsqlDataSource.Create(connectionString);
        await StoreMigrations.ApplyAsync(store);
        await using var connection = await store.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            create table test_begun (job uuid, fence bigint, at timestamptz default clock_timestamp());
            create table test_effects (job uuid, fence bigint);
            create table test_refused (job uuid, fence bigint);
            create table test_ended (job uuid, fence bigint, leased_by text, ended_by text);

            create function test_note_end() returns trigger language plpgsql as $$
            begin
              insert into test_ended values (old.id, old.fence, old.leased_by, current_setting('application_name'));
              return old;
            end $$;
            create trigger test_note_end after delete on jobs for each row execute function test_note_end();

            create function test_tell() returns trigger language plpgsql as $$
            begin
              notify test_changed;
              return null;
            end $$;
            create trigger test_tell after insert or update or delete on jobs for each statement execute function test_tell();
            create trigger test_tell after insert on test_begun for each statement execute function test_tell();
            create trigger test_tell after insert on test_refused for each statement execute function test_tell();
            """);
    }
}
