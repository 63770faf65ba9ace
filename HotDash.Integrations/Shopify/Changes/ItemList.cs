namespace HotDash.Integrations.Shopify.Changes;

/// <summary>What the items of every change have in common.</summary>
internal static class ItemList
{
    /// <param name="type">Of the ids; null where they are none of Shopify's.</param>
    public static IEnumerable<ContentProblem> Problems<T>(IReadOnlyList<T> items, int max, Func<T, string> id, string field, string? type = null)
    {
        if (items.Count is 0 || items.Count > max)
            yield return new("items", $"must be 1 to {max}.");
        if (items.Select(id).Distinct(StringComparer.Ordinal).Count() < items.Count)
            yield return new("items", "must name each thing once.");
        foreach (var (place, item) in items.Index())
        {
            if (type is not null && !ShopifyIds.Is(id(item), type))
                yield return new($"items[{place}].{field}", ShopifyIds.Rule(type));
        }
    }

    /// <summary>To be asked while the reply is read.</summary>
    /// <exception cref="UnreadableReplyException">There is not one for each.</exception>
    public static IReadOnlyList<TNode?> OneEach<T, TNode>(IReadOnlyList<T> items, IReadOnlyList<TNode?> nodes)
        where TNode : class => nodes.Count == items.Count ? nodes : throw new UnreadableReplyException("the reply has another number of things than were asked for");

    /// <exception cref="ContentRefusedException">Some are not there.</exception>
    public static IReadOnlyList<TNode> Found<TNode>(IReadOnlyList<TNode?> nodes, Func<TNode?, bool> isThere, string field, string what)
        where TNode : class
    {
        List<ContentProblem> missing = [.. nodes.Index().Where(node => !isThere(node.Item)).Select(node => new ContentProblem($"items[{node.Index}].{field}", what))];
        return missing is [] ? [.. nodes.Select(node => node!)] : throw new ContentRefusedException(missing);
    }
}
