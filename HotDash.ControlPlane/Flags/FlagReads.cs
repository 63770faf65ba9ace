using System.Data;
using Dapper;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Flags;

/// <summary>A user for whom a flag is set by hand.</summary>
public sealed record FlagOverride(string User, bool On);

/// <summary>Where a page of flags, or of their rollouts, ended.</summary>
public sealed record FlagPosition(string Name) : Cursor;

/// <summary>The flags as the store has them now. What is on for whom is <see cref="FlagBoard"/>'s to say.</summary>
public sealed class FlagReads(NpgsqlDataSource store)
{
    /// <returns>Flags in the order of their names.</returns>
    public async Task<Page<Flag>> ListAsync(FlagPosition? after, int limit, CancellationToken ct = default)
    {
        var rows = await store.QueryAsync<FlagRow>(
            $"select {FlagRow.Columns} from flags where name > @after order by name limit @take", new { after = after?.Name ?? "", take = limit + 1 }, ct);

        return Page.Of(rows.Select(row => row.ToFlag()), limit, flag => new FlagPosition(flag.Name));
    }

    /// <returns>Null when there is none.</returns>
    public async Task<Flag?> FindAsync(string name, CancellationToken ct = default)
    {
        if (!FlagRules.IsName(name))
            return null;

        return (await store.QueryFirstAsync<FlagRow>($"select {FlagRow.Columns} from flags where name = @name", new { name }, ct))?.ToFlag();
    }

    /// <returns>In the order of the users' ids.</returns>
    public Task<IReadOnlyList<FlagOverride>> OverridesAsync(string name, CancellationToken ct = default) => store.QueryAsync<FlagOverride>(
        "select user_id as User, is_on as On from flag_overrides join flags on flags.id = flag where name = @name order by user_id", new { name }, ct);

    /// <returns>Null when nothing has changed since.</returns>
    internal async Task<FlagSnapshot?> LoadAsync(long knownEpoch, FlagVariables variables, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        if (await connection.ExecuteScalarAsync<long>(new CommandDefinition(EpochSql, cancellationToken: ct)) == knownEpoch)
            return null;

        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var epoch = await transaction.QueryFirstAsync<long>(EpochSql, new { }, ct);
        var rows = await transaction.QueryAsync<FlagRow>($"select {FlagRow.Columns} from flags order by name", new { }, ct);
        var overrides = (await transaction.QueryAsync<(long Flag, string User, bool On)>("select flag, user_id, is_on from flag_overrides", new { }, ct))
            .GroupBy(row => row.Flag).ToDictionary(group => group.Key, group => group.ToDictionary(row => row.User, row => row.On, StringComparer.Ordinal));

        return new(epoch, rows.Select(row => FlagSnapshot.Compile(row.ToFlag(), overrides.GetValueOrDefault(row.Id) ?? [], variables)));
    }

    private const string EpochSql = "select epoch from flag_epoch";
}
