using System.Text.RegularExpressions;

namespace HotDash.Integrations.Shopify.Parity;

/// <summary>Reads our own documents, which a server has accepted: one operation each, no named fragments, no block strings.</summary>
internal sealed partial class GraphReader
{
    private readonly Queue<string> _tokens;

    private GraphReader(string source) => _tokens = new(Token().Matches(source).Select(match => match.Groups["token"].Value).Where(token => token is not ""));

    public static GraphDocument Read(string source)
    {
        var reader = new GraphReader(source);
        var mutation = reader.Take() is "mutation";
        reader.Take();

        return new(mutation, reader.TakeIf("(") ? reader.Variables() : new(StringComparer.Ordinal), reader.Fields());
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!TakeIf(")"))
        {
            Expect("$");
            var name = Take();
            Expect(":");
            variables[name] = Type();
        }

        return variables;
    }

    private string Type()
    {
        TakeIf("[");
        var name = Take();
        while (TakeIf("!") || TakeIf("]"))
        {
        }

        return name;
    }

    private List<GraphField> Fields()
    {
        var fields = new List<GraphField>();
        if (TakeIf("{"))
        {
            while (!TakeIf("}"))
                fields.Add(TakeIf("...") ? Fragment() : Field());
        }

        return fields;
    }

    private GraphField Fragment()
    {
        Expect("on");
        return new("", Take(), [], [], Fields());
    }

    private GraphField Field()
    {
        var name = Take();
        if (TakeIf(":"))
            name = Take();

        var arguments = Arguments();
        var directives = new List<GraphDirective>();
        while (TakeIf("@"))
            directives.Add(new(Take(), Arguments()));

        return new(name, null, arguments, directives, Fields());
    }

    private List<GraphArgument> Arguments() => TakeIf("(") ? Pairs(")") : [];

    private List<GraphArgument> Pairs(string end)
    {
        var pairs = new List<GraphArgument>();
        while (!TakeIf(end))
        {
            var name = Take();
            Expect(":");
            pairs.Add(new(name, Value()));
        }

        return pairs;
    }

    private GraphValue Value() => Take() switch
    {
        "$" => new GraphValue.Variable(Take()),
        "{" => new GraphValue.Input(Pairs("}")),
        "[" => List(),
        "true" or "false" or "null" => new GraphValue.Scalar(),
        [(>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_', ..] word => new GraphValue.Word(word),
        _ => new GraphValue.Scalar(),
    };

    private GraphValue.List List()
    {
        var items = new List<GraphValue>();
        while (!TakeIf("]"))
            items.Add(Value());

        return new(items);
    }

    private string Take() => _tokens.Dequeue();

    private void Expect(string token)
    {
        if (Take() != token)
            throw new InvalidOperationException($"A document of ours lacks {token}.");
    }

    private bool TakeIf(string token) => _tokens.TryPeek(out var next) && next == token && _tokens.Dequeue() is not null;

    [GeneratedRegex(
        """\G(?:[\s,]+|\#[^\n]*|(?<token>[_A-Za-z]\w*|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?|\.\.\.|[!$():=@\[\]{}]))""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
