namespace HotDash.Integrations.Shopify.Parity;

/// <summary>What one of our documents asks for.</summary>
/// <param name="Variables">The named type of each.</param>
internal sealed record GraphDocument(bool IsMutation, IReadOnlyDictionary<string, string> Variables, IReadOnlyList<GraphField> Fields);

/// <param name="On">The type of an inline fragment, which has no name.</param>
internal sealed record GraphField(string Name, string? On, IReadOnlyList<GraphArgument> Arguments, IReadOnlyList<GraphDirective> Directives, IReadOnlyList<GraphField> Fields);

internal sealed record GraphDirective(string Name, IReadOnlyList<GraphArgument> Arguments);

internal sealed record GraphArgument(string Name, GraphValue Value);

internal abstract record GraphValue
{
    /// <summary>Text, a number, true, false or null.</summary>
    public sealed record Scalar : GraphValue;

    /// <summary>A value of an enumeration.</summary>
    public sealed record Word(string Name) : GraphValue;

    public sealed record Variable(string Name) : GraphValue;

    public sealed record List(IReadOnlyList<GraphValue> Items) : GraphValue;

    public sealed record Input(IReadOnlyList<GraphArgument> Fields) : GraphValue;
}
