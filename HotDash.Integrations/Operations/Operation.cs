namespace HotDash.Integrations;

/// <summary>
/// Something that an integration asks of its provider, declared once in its options: what it declares decides whether an attempt is
/// repeated and whether a failed one leaves doubts (decision 5), and is written into docs/integrations.md.
/// </summary>
public sealed record Operation
{
    private Operation(string name, bool onlyReads, bool mayBeRepeated, string? idempotency) =>
        (Name, OnlyReads, MayBeRepeated, Idempotency) = (name, onlyReads, mayBeRepeated, idempotency);

    /// <summary>Kebab-case and stable: it is in metrics and in stored rows.</summary>
    public string Name { get; }

    /// <summary>Changes nothing at the provider, whatever its HTTP method.</summary>
    public bool OnlyReads { get; }

    public bool MayBeRepeated { get; }

    /// <summary>Of a write: why having it twice is no harm, or how one finds out what became of it.</summary>
    public string? Idempotency { get; }

    /// <summary>Needs an <see cref="ApprovedAction"/>, without which nothing is sent.</summary>
    public bool NeedsApproval { get; private init; }

    public static Operation Reads(string name) => new(name, onlyReads: true, mayBeRepeated: true, idempotency: null);

    /// <summary>A write that does no harm when it has its effect twice: it carries an idempotency key, or sets the same again.</summary>
    public static Operation WritesAgain(string name, string because) => new(name, onlyReads: false, mayBeRepeated: true, because);

    /// <summary>A write that is sent again only when it surely had no effect.</summary>
    /// <param name="lookUp">How one finds out whether it had: where to look.</param>
    public static Operation WritesOnce(string name, string lookUp) => new(name, onlyReads: false, mayBeRepeated: false, lookUp);

    /// <inheritdoc cref="WritesOnce"/>
    /// <remarks>And only what a person has approved.</remarks>
    public static Operation Guarded(string name, string lookUp) => WritesOnce(name, lookUp) with { NeedsApproval = true };
}
