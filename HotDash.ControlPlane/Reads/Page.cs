namespace HotDash.ControlPlane.Reads;

/// <summary>A part of a list.</summary>
/// <param name="Next">Where the next part begins; null after the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Cursor? Next)
{
    public Page<TOther> Select<TOther>(Func<T, TOther> other) => new([.. Items.Select(other)], Next);
}

internal static class Page
{
    /// <param name="rows">One more than the limit was asked for: when it is there, so is another page.</param>
    /// <param name="position">Of the last row of this one.</param>
    public static Page<T> Of<T>(IEnumerable<T> rows, int limit, Func<T, Cursor> position)
    {
        List<T> items = [.. rows];

        return items.Count > limit ? new(items[..limit], position(items[limit - 1])) : new(items, null);
    }
}
