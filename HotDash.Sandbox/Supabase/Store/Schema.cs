namespace HotDash.Sandbox.Supabase.Store;

/// <summary>The tables that HotDash expects in the merchant's project.</summary>
internal static class Schema
{
    public static readonly string[] Statuses = ["pending_review", "draft", "approved", "rejected"];
    public static readonly string[] Priorities = ["high", "medium", "low"];

    public static IEnumerable<Table> Tables() =>
    [
        new("idea_pool", ["id"],
            Text("id", required: true),
            Text("title", required: true),
            Text("status", required: true, Statuses, "pending_review"),
            Text("rationale"),
            Text("projected_impact"),
            Text("priority", required: true, Priorities, "medium"),
            new("confidence", ColumnType.Numeric),
            Now("created_at"),
            Now("updated_at"),
            Text("reviewer")),
        new("experiments", ["id"],
            Text("id", required: true),
            Text("name", required: true),
            Text("status", required: true),
            Text("hypothesis"),
            Text("metric"),
            new("lift", ColumnType.Numeric),
            Now("started_at"),
            new("ended_at", ColumnType.Timestamp)),
        new("social_receipts", ["job_id", "account_id"],
            Text("job_id", required: true),
            Text("provider_job_id"),
            Text("status", required: true),
            Text("account_id", required: true),
            Text("post_link"),
            Text("error"),
            Now("at")),
        new("approval_grades", ["approval_id", "grader"],
            Text("approval_id", required: true),
            Text("kind", required: true),
            Text("grader", required: true),
            new("tone", ColumnType.Numeric, Required: true),
            new("accuracy", ColumnType.Numeric, Required: true),
            new("policy", ColumnType.Numeric, Required: true),
            Now("at")),
    ];

    private static Column Text(string name, bool required = false, string[]? oneOf = null, string? otherwise = null) =>
        new(name, ColumnType.Text, required, oneOf, otherwise is null ? null : _ => otherwise);

    private static Column Now(string name) => new(name, ColumnType.Timestamp, Required: true, Default: now => now);
}
