namespace HotDash.ControlPlane.Support;

/// <summary>A label of Chatwoot, and the category that it stands for here.</summary>
public sealed record MappedLabel(string Label, string Category);

/// <summary>From labels to categories, and back.</summary>
/// <param name="labels">In the order in which they were mapped: of several for a category, the first is given.</param>
internal sealed class LabelMap(IReadOnlyList<MappedLabel> labels)
{
    public bool Knows(string category) => labels.Any(mapped => mapped.Category == category);

    public IReadOnlyList<string> CategoriesOf(IReadOnlyList<string> given) =>
        [.. labels.Where(mapped => given.Contains(mapped.Label, StringComparer.Ordinal)).Select(mapped => mapped.Category).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The labels that say these categories: those that mean nothing here stay, and so does any label of a category that stays.</summary>
    public IReadOnlyList<string> LabelsFor(IReadOnlyList<string> given, IReadOnlyList<string> categories)
    {
        var stay = given.Where(label => labels.All(mapped => mapped.Label != label || categories.Contains(mapped.Category, StringComparer.Ordinal))).ToList();
        var missing = categories.Except(CategoriesOf(stay), StringComparer.Ordinal);

        return [.. stay, .. missing.Select(category => labels.FirstOrDefault(mapped => mapped.Category == category)?.Label).OfType<string>()];
    }
}
