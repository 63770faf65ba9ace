namespace HotDash.Integrations.Shopify.Changes;

/// <summary>What became of a change, item by item.</summary>
/// <param name="ReadBack">Whether the shop was asked afterwards; without it nobody knows what is there now.</param>
internal sealed record ChangeResult(bool ReadBack, IReadOnlyList<ChangeResult.ItemResult> Items)
{
    /// <param name="now">Null when it could not be read.</param>
    public static string Of(ShopChange change, IReadOnlyList<ChangeError?> errors, ShopChange? now) => ChangeJson.Write(new ChangeResult(now is not null,
        [.. change.Lines.Select((line, place) => new ItemResult(line.Item, line.Label, line.From, line.To, now?.Lines[place].From, RefusedFor(errors, place)))]));

    private static string? RefusedFor(IReadOnlyList<ChangeError?> errors, int place) =>
        errors.FirstOrDefault(error => error is not null && (error.Place is null || error.Place == place))?.Word;

    /// <param name="From">What those who approved saw.</param>
    /// <param name="To">What they approved.</param>
    /// <param name="Now">What was there afterwards.</param>
    /// <param name="Refused">Shopify's word for why not.</param>
    internal sealed record ItemResult(string Id, string? Label, string? From, string To, string? Now, string? Refused);
}
