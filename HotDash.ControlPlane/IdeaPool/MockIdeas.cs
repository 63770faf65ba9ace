using HotDash.Integrations.Supabase;

namespace HotDash.ControlPlane.IdeaPool;

/// <summary>Filters and pages the fixtures as Supabase does its table, so that a client cannot tell them apart.</summary>
internal static class MockIdeas
{
    public static IdeaPage Page(IdeaQuery query)
    {
        var matching = SupabaseMock.Ideas
            .Where(idea => Matches(idea, query.Filter))
            .OrderByDescending(idea => idea.CreatedAt)
            .ThenByDescending(idea => idea.Id, StringComparer.Ordinal)
            .ToList();
        var rest = query.After is { Position: var after } ? matching.FindAll(idea => IsBehind(idea, after)) : matching;
        var items = rest.Take(query.Limit).ToList();

        return new(items, rest.Count > items.Count ? new(items[^1].CreatedAt, items[^1].Id) : null, Totals(matching));
    }

    private static bool Matches(Idea idea, IdeaFilter filter) =>
        (filter.Status is null || idea.Status == filter.Status)
        && (filter.Priority is null || idea.Priority == filter.Priority)
        && (filter.Text is null || Contains(idea.Title, filter.Text) || Contains(idea.Rationale, filter.Text));

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsBehind(Idea idea, IdeaPosition position) =>
        idea.CreatedAt < position.CreatedAt
        || (idea.CreatedAt == position.CreatedAt && string.CompareOrdinal(idea.Id, position.Id) < 0);

    private static IdeaTotals Totals(List<Idea> ideas)
    {
        return new(ideas.Count, With(IdeaStatus.PendingReview), With(IdeaStatus.Draft), With(IdeaStatus.Approved), With(IdeaStatus.Rejected));

        int With(IdeaStatus status) => ideas.Count(idea => idea.Status == status);
    }
}
