using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>A change of the shop as people ask for it and read it. What was there when they asked is part of it, and is compared again when it is made.</summary>
public abstract class ShopChange
{
    private protected ShopChange()
    {
    }

    /// <summary>One of <see cref="GuardedKinds"/>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>What it is about: approvals are filtered by it.</summary>
    [JsonIgnore]
    public abstract string Target { get; }

    /// <summary>Its items, in its own order.</summary>
    [JsonIgnore]
    internal abstract IReadOnlyList<ChangeLine> Lines { get; }

    [JsonIgnore]
    internal abstract ShopifyOperation Operation { get; }

    /// <summary>Whether Shopify knows a repetition by its key, and compares what is there. Else HotDash looks right before.</summary>
    [JsonIgnore]
    internal abstract bool IsKeyed { get; }

    /// <summary>Whether an item may be there for the first time.</summary>
    [JsonIgnore]
    internal virtual bool MayBeNew => false;

    /// <summary>Of the mutation; the key is not one of them.</summary>
    internal abstract JsonObject Variables { get; }

    internal abstract IEnumerable<ContentProblem> Problems();

    /// <returns>The same change, with what is there now.</returns>
    /// <exception cref="ContentRefusedException">An item is not there.</exception>
    internal abstract Task<ShopChange> ReadAsync(ShopifyClient shopify, CancellationToken ct);

    /// <summary>As people read and edit it.</summary>
    [JsonIgnore]
    public string Content => ChangeJson.Write(this);

    /// <returns>The same change, with what is there now: that is what people decide about.</returns>
    /// <exception cref="ContentRefusedException">Something about it is wrong, is not there, or is not as whoever asked saw it.</exception>
    public async Task<ShopChange> PrepareAsync(ShopifyClient shopify, CancellationToken ct)
    {
        List<ContentProblem> problems = [.. Problems()];
        if (problems is not [])
            throw new ContentRefusedException(problems);

        var present = await ReadAsync(shopify, ct);
        problems = [.. Lines.Zip(present.Lines).Index().Where(pair => pair.Item.First.From is { } seen && seen != pair.Item.Second.From)
            .Select(pair => new ContentProblem($"items[{pair.Index}].from", $"is {pair.Item.Second.From} now, not {pair.Item.First.From}: look again."))];
        return problems is [] ? present : throw new ContentRefusedException(problems);
    }

    /// <summary>Whether everything is as it shall be.</summary>
    internal bool IsDone => Lines.All(line => line.From == line.To);

    internal bool SawWhatIsIn(ShopChange present) => Lines.Select(line => line.From).SequenceEqual(present.Lines.Select(line => line.From), StringComparer.Ordinal);

    /// <summary>It prints no values.</summary>
    public sealed override string ToString() => $"{Kind} of {Target}";
}

/// <summary>An item of a change in words.</summary>
/// <param name="From">Null when nothing was there, or nobody has looked yet.</param>
internal sealed record ChangeLine(string Item, string? Label, string? From, string To);
