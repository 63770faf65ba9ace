namespace HotDash.Integrations.Supabase;

/// <summary>What the idea pool asks PostgREST.</summary>
internal static class IdeaQueries
{
    private const string Columns =
        "id,title,status,rationale,projected_impact,priority,confidence,created_at,updated_at,reviewer";

    /// <summary>One row more than the page holds, which tells whether another page follows.</summary>
    public static string Page(IdeaFilter filter, IdeaPosition? after, int limit) => Matching(filter)
        .When(after is not null, query => query.With("or", OlderThan(after!)))
        .With("select", Columns)
        .With("order", "created_at.desc,id.desc")
        .With("limit", $"{limit + 1}")
        .ToString();

    public static string Count(IdeaFilter filter) => Matching(filter).With("select", "id").With("limit", "1").ToString();

    public static string ById(string id) => new PostgrestQuery("idea_pool").With("id", $"eq.{id}").With("select", Columns).ToString();

    public static string Insert() => new PostgrestQuery("idea_pool").With("on_conflict", "id").With("select", Columns).ToString();

    private static PostgrestQuery Matching(IdeaFilter filter) => new PostgrestQuery("idea_pool")
        .When(filter.Status is not null, query => query.With("status", $"eq.{filter.Status!.Value.ToSnakeCase()}"))
        .When(filter.Priority is not null, query => query.With("priority", $"eq.{filter.Priority!.Value.ToSnakeCase()}"))
        .When(!string.IsNullOrEmpty(filter.Text), query => query.With("or", Mentions(filter.Text!)));

    private static string Mentions(string text)
    {
        var pattern = PostgrestQuery.Quote(PostgrestQuery.Containing(text));
        return $"(title.ilike.{pattern},rationale.ilike.{pattern})";
    }

    private static string OlderThan(IdeaPosition position)
    {
        var time = PostgrestQuery.Quote(PostgrestQuery.Time(position.CreatedAt));
        return $"(created_at.lt.{time},and(created_at.eq.{time},id.lt.{PostgrestQuery.Quote(position.Id)}))";
    }
}
