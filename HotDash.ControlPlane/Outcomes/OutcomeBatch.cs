namespace HotDash.ControlPlane.Outcomes;

/// <summary>Counts on their way to the store. Sent again under its number until it is confirmed.</summary>
internal sealed record OutcomeBatch(long Number, IReadOnlyList<(OutcomeKey Key, OutcomeTally Tally)> Rows)
{
    /// <summary>In one order for all processes: two that add to the same rows do not lock each other out.</summary>
    public static OutcomeBatch Of(long number, IEnumerable<(OutcomeKey Key, OutcomeTally Tally)> rows) => new(number,
    [
        .. rows.OrderBy(row => row.Key.At)
            .ThenBy(row => row.Key.Integration, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Operation, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Source, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Flag, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Variant, StringComparer.Ordinal),
    ]);
}
