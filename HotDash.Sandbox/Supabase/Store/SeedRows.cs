namespace HotDash.Sandbox.Supabase.Store;

/// <summary>Rows to begin with: enough for pages, filters and ties in time.</summary>
internal static class SeedRows
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Subjects =
        ["free delivery bar", "care set bundle", "size guide", "back-in-stock message", "gift note", "loyalty points", "photo reviews", "late-night posts"];

    private static readonly string[] Actions = ["Show a", "Try a", "Move the", "Shorten the"];

    public static IReadOnlyList<Row> Ideas(Table table, Ids ids) => [.. Enumerable.Range(0, 24).Select(number => table.New(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["id"] = $"idea-{number + 1:000}",
        ["title"] = $"{Actions[number % Actions.Length]} {Subjects[number % Subjects.Length]}",
        ["status"] = Schema.Statuses[Pick(ids, "status", number, Schema.Statuses.Length)],
        ["rationale"] = number % 5 is 4 ? null : $"Customers asked for it {10 + Pick(ids, "asked", number, 90)} times last month.",
        ["projected_impact"] = $"+{1 + Pick(ids, "impact", number, 9)} % orders",
        ["priority"] = Schema.Priorities[Pick(ids, "priority", number, Schema.Priorities.Length)],
        ["confidence"] = decimal.Round((decimal)ids.Dice("confidence", number), 2),
        // Two ideas share each time, so that paging by time alone would lose one.
        ["created_at"] = Start.AddHours(number / 2 * 7),
        ["updated_at"] = Start.AddHours(number / 2 * 7),
    }, Start))];

    public static IReadOnlyList<Row> Experiments(Table table, Ids ids) => [.. Enumerable.Range(0, 5).Select(number => table.New(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["id"] = $"experiment-{number + 1:00}",
        ["name"] = $"{Actions[number % Actions.Length]} {Subjects[number]}",
        ["status"] = number < 3 ? "complete" : "running",
        ["hypothesis"] = $"The {Subjects[number]} raises the order value.",
        ["metric"] = number % 2 is 0 ? "average_order_value" : "checkout_completion_rate",
        ["lift"] = decimal.Round((decimal)ids.Dice("lift", number) / 5 - 0.05m, 3),
        ["started_at"] = Start.AddDays(number * 14),
        ["ended_at"] = number < 3 ? Start.AddDays((number * 14) + 21) : null,
    }, Start))];

    private static int Pick(Ids ids, string kind, int number, int count) => (int)(ids.Dice(kind, number) * count);
}
