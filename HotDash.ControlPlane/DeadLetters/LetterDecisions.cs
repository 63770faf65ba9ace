using Dapper;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>What a person decides about letters, with the reason.</summary>
public sealed class LetterDecisions(NpgsqlDataSource store)
{
    /// <summary>They shall not be sent. Those that a replay has on its way, or that are settled, stay as they are.</summary>
    /// <returns>How many were discarded.</returns>
    public async Task<int> DiscardAsync(DeadLetterSelection selection, string by, string why, CancellationToken ct)
    {
        var (where, parameters) = SelectionSql.Of(selection);
        parameters.Add("By", by);
        parameters.Add("Why", why);

        await using var connection = await store.OpenConnectionAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(
            $"update dead_letters set state = 'discarded', settled_at = hotdash_now(), settled_by = @By, settled_why = @Why, unknown_at = null where {where}",
            parameters, cancellationToken: ct));
    }

    /// <summary>Somebody looked where HotDash cannot: the write of unknown outcome had its effect, or had none and may be sent again.</summary>
    /// <returns>False when there is no such letter whose outcome is unknown.</returns>
    public async Task<bool> SettleAsync(Guid id, bool happened, string by, string why, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(
            """
            update dead_letters set
                state = case when @happened then 'replayed' else 'pending' end, unknown_at = null,
                settled_at = case when @happened then hotdash_now() end, settled_by = @by, settled_why = @why
            where id = @id and state = 'unknown'
            """,
            new { id, happened, by, why }, cancellationToken: ct)) == 1;
    }
}
