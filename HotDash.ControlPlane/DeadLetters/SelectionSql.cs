using Dapper;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>A selection of letters that wait for a decision, as the condition of a statement on <c>dead_letters</c>.</summary>
internal static class SelectionSql
{
    public static (string Where, DynamicParameters Parameters) Of(DeadLetterSelection selection)
    {
        if (selection.Ids is { } ids)
            return ("id = any(@Ids) and state in ('pending', 'unknown')", new DynamicParameters(new { Ids = ids.ToArray() }));

        var sql = new FilterSql(selection.Filter ?? new());
        var causes = sql.HasCauses ? $" and cause_id in ({sql.Causes})" : "";
        return ($"state in ('pending', 'unknown'){causes}{sql.Letters}", sql.Parameters());
    }
}
