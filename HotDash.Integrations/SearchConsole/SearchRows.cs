namespace HotDash.Integrations.SearchConsole;

internal static class SearchRows
{
    public static IReadOnlyList<SearchRow> Rows(SearchAnswer answer) => [.. (answer.Rows ?? []).Select(row => row is { Keys: [{ } key] }
        ? new SearchRow(key, Whole(row.Clicks), Whole(row.Impressions), row.Ctr, row.Position)
        : throw new UnreadableReplyException("a row of the reply is not about one thing"))];

    public static SearchTotals Totals(SearchAnswer answer) => (answer.Rows ?? []) switch
    {
        [] => new(0, 0, 0, null),
        [{ } row] => new(Whole(row.Clicks), Whole(row.Impressions), row.Ctr, row.Position),
        _ => throw new UnreadableReplyException("the reply is not the one row of totals"),
    };

    private static long Whole(double number) => number is >= 0 and < long.MaxValue ? (long)number : throw new UnreadableReplyException("a count of the reply is no count");
}
