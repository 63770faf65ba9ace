using Dapper;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Flags;

/// <summary>
/// Changes flags. Each change is one transaction: the flag, who did it and why, and the number by which the processes see that their
/// copy is old. They are told after the commit.
/// </summary>
public sealed class FlagStore(NpgsqlDataSource store, FlagWatch watch)
{
    /// <exception cref="InvalidFlagException">A field cannot be.</exception>
    /// <exception cref="FlagNameTakenException">There is one with this name.</exception>
    public Task<Flag> CreateAsync(Flag flag, FlagChange change, CancellationToken ct = default)
    {
        FlagRules.Check(flag);
        return InTransactionAsync(async transaction =>
        {
            var made = flag.Following(Flag.New(flag.Name)) with { Salt = flag.Name };
            if (await transaction.QueryFirstAsync<long>("select count(*) from flags", new { }, ct) >= FlagRules.MaxFlags)
                throw new InvalidFlagException("name", $"cannot be taken: there are {FlagRules.MaxFlags} flags, and there may be no more. Delete one first.");

            var row = await WriteAsync(transaction, made, InsertSql, 0, change, ct);
            await NoteAsync(transaction, "create", null, row, change, ct);
            return row;
        }, ct);
    }

    /// <summary>Changes what <paramref name="edit"/> changes; when that is nothing, nothing is written.</summary>
    /// <param name="action">What to call it in the record of changes.</param>
    /// <returns>The flag as it is now; null when there is none with this name.</returns>
    /// <exception cref="InvalidFlagException">A field cannot be.</exception>
    /// <exception cref="FlagVersionException">It has another version than the change was made for.</exception>
    /// <exception cref="FlagNameTakenException">It was to be renamed to a name that another flag has.</exception>
    public Task<Flag?> ChangeAsync(string name, string action, FlagChange change, Func<Flag, Flag> edit, CancellationToken ct = default) =>
        InTransactionAsync(transaction => ChangeAsync(transaction, name, action, change, edit, ct), ct);

    /// <returns>False when there is none with this name.</returns>
    /// <exception cref="InvalidFlagException">It switches an integration.</exception>
    /// <exception cref="FlagVersionException">It has another version than the change was made for.</exception>
    public Task<bool> DeleteAsync(string name, FlagChange change, CancellationToken ct = default) => InTransactionAsync(async transaction =>
    {
        if (await LockAsync(transaction, name, change, ct) is not { } row)
            return false;

        FlagRules.CheckMayGo(name);
        await transaction.ExecuteAsync("delete from flags where id = @Id", new { row.Id }, ct);
        await NoteAsync(transaction, "delete", row.ToFlag(), null, change, ct);
        return true;
    }, ct);

    /// <summary>Sets a flag for one user; null: as for everybody. The audit does not say for whom: it is kept for good, and users are not.</summary>
    /// <returns>The flag with its new version; null when there is none with this name.</returns>
    /// <exception cref="InvalidFlagException">The user's id cannot be, or too many have an override.</exception>
    /// <exception cref="FlagVersionException">It has another version than the change was made for.</exception>
    public Task<Flag?> OverrideAsync(string name, string user, bool? on, FlagChange change, CancellationToken ct = default)
    {
        if (!FlagRules.IsUser(user))
            throw new InvalidFlagException("user", FlagRules.UserRule);

        return InTransactionAsync(async transaction =>
        {
            if (await LockAsync(transaction, name, change, ct) is not { } row)
                return null;

            var set = await transaction.QueryFirstAsync<bool?>("select is_on from flag_overrides where flag = @Id and user_id = @user", new { row.Id, user }, ct);
            if (set == on)
                return row.ToFlag();

            await SetAsync(transaction, row.Id, user, on, ct);
            var written = await WriteAsync(transaction, row.ToFlag(), UpdateSql, row.Id, change, ct);
            await NoteAsync(transaction, on is null ? "clear-override" : "override", name, new { on = set }, new { on }, change, ct);
            return written;
        }, ct);
    }

    private static async Task SetAsync(NpgsqlTransaction transaction, long flag, string user, bool? on, CancellationToken ct)
    {
        await transaction.ExecuteAsync(
            on is null
                ? "delete from flag_overrides where flag = @flag and user_id = @user"
                : "insert into flag_overrides values (@flag, @user, @on) on conflict (flag, user_id) do update set is_on = excluded.is_on",
            new { flag, user, on }, ct);

        if (await transaction.QueryFirstAsync<long>("select count(*) from flag_overrides where flag = @flag", new { flag }, ct) > FlagRules.MaxOverrides)
            throw new InvalidFlagException("user", $"cannot be added: {FlagRules.MaxOverrides} users have an override already. Use a cohort, or clear some.");
    }

    /// <summary>Changes it in the caller's transaction; after the commit <see cref="FlagWatch.TellAsync"/> is the caller's.</summary>
    internal static async Task<Flag?> ChangeAsync(
        NpgsqlTransaction transaction, string name, string action, FlagChange change, Func<Flag, Flag> edit, CancellationToken ct)
    {
        if (await LockAsync(transaction, name, change, ct) is not { } row)
            return null;

        var before = row.ToFlag();
        var after = edit(before).Following(before);
        if (after == before)
            return before;
        if (after.Name != name)
            FlagRules.CheckMayGo(name);

        FlagRules.Check(after);
        var written = await WriteAsync(transaction, after, UpdateSql, row.Id, change, ct);
        await NoteAsync(transaction, action, before, written, change, ct);
        return written;
    }

    internal static async Task<FlagRow?> LockAsync(NpgsqlTransaction transaction, string name, FlagChange change, CancellationToken ct)
    {
        if (!FlagRules.IsName(name))
            return null;

        var row = await transaction.QueryFirstAsync<FlagRow>($"select {FlagRow.Columns} from flags where name = @name for update", new { name }, ct);

        return row is not null && change.Version is { } expected && expected != row.Version ? throw new FlagVersionException(name, row.Version) : row;
    }

    private static async Task<Flag> WriteAsync(NpgsqlTransaction transaction, Flag flag, string sql, long id, FlagChange change, CancellationToken ct)
    {
        try
        {
            return (await transaction.QueryFirstAsync<FlagRow>(sql, FlagRow.Parameters(flag, id, change.Actor), ct))!.ToFlag();
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            throw new FlagNameTakenException(flag.Name);
        }
    }

    private static Task NoteAsync(NpgsqlTransaction transaction, string action, Flag? before, Flag? after, FlagChange change, CancellationToken ct) =>
        NoteAsync(transaction, action, (before ?? after)!.Name, before, after, change, ct);

    private static async Task NoteAsync(
        NpgsqlTransaction transaction, string action, string flag, object? before, object? after, FlagChange change, CancellationToken ct)
    {
        await transaction.AuditAsync(new(AuditKinds.Flag, flag, action, change.Actor, before, after, change.Reason), ct);
        await transaction.ExecuteAsync("update flag_epoch set epoch = epoch + 1", new { }, ct);
    }

    private async Task<T> InTransactionAsync<T>(Func<NpgsqlTransaction, Task<T>> work, CancellationToken ct)
    {
        T result;
        await using (var connection = await store.OpenConnectionAsync(ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            result = await work(transaction);
            await transaction.CommitAsync(ct);
        }

        await watch.TellAsync();
        return result;
    }

    private const string InsertSql =
        $"""
        insert into flags (name, enabled, percent, peak, cohorts, starts_at, ends_at, salt, monotone, killed, metadata, changed_by)
        values (@Name, @Enabled, @Percent, @Peak, @Cohorts, @StartsAt, @EndsAt, @Salt, @Monotone, @Killed, @Metadata::jsonb, @by)
        returning {FlagRow.Columns}
        """;

    private const string UpdateSql =
        $"""
        update flags set version = version + 1, name = @Name, enabled = @Enabled, percent = @Percent, peak = @Peak, cohorts = @Cohorts,
          starts_at = @StartsAt, ends_at = @EndsAt, monotone = @Monotone, killed = @Killed, metadata = @Metadata::jsonb,
          changed_at = hotdash_now(), changed_by = @by
        where id = @id returning {FlagRow.Columns}
        """;
}
