using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>Reads a document with one query: what HotDash sends. Fragments and directives are refused rather than misread.</summary>
internal sealed class QueryParser
{
    private readonly Tokens tokens;
    private readonly JsonObject given;
    private readonly Dictionary<string, JsonNode?> variables = new(StringComparer.Ordinal);

    private QueryParser(string source, JsonObject given) => (tokens, this.given) = (new(source), given);

    public static IReadOnlyList<Selection> Parse(string source, JsonObject variables)
    {
        var parser = new QueryParser(source, variables);
        parser.Head();
        var fields = parser.Fields();

        return parser.tokens.Peek is null ? fields : throw new GraphQlException("An operation name is required");
    }

    private void Head()
    {
        if (tokens.Peek is "{")
            return;

        if (tokens.Take() is not "query")
            throw new GraphQlException("The sandbox answers queries alone.");

        if (tokens.Peek is not ("(" or "{"))
            tokens.Name();
        if (tokens.TakeIf("("))
        {
            while (!tokens.TakeIf(")"))
                Variable();
        }
    }

    private void Variable()
    {
        tokens.Expect("$");
        var name = tokens.Name();
        tokens.Expect(":");
        var (type, required) = Type();
        var otherwise = tokens.TakeIf("=") ? Value() : null;

        var value = given.TryGetPropertyValue(name, out var found) ? found?.DeepClone() : otherwise;
        if (required && value is null)
            throw new GraphQlException($"Variable ${name} of type {type} was provided invalid value", "INVALID_VARIABLE");

        variables[name] = value;
    }

    private (string Type, bool Required) Type()
    {
        var type = tokens.TakeIf("[") ? $"[{Type().Type}{Close()}" : tokens.Name();
        return tokens.TakeIf("!") ? ($"{type}!", true) : (type, false);

        string Close()
        {
            tokens.Expect("]");
            return "]";
        }
    }

    private List<Selection> Fields()
    {
        var fields = new List<Selection>();
        tokens.Expect("{");
        while (!tokens.TakeIf("}"))
            fields.Add(Field());

        return fields is [] ? throw new GraphQlException("syntax error, unexpected }, expecting a field") : fields;
    }

    private Selection Field()
    {
        var alias = tokens.Name();
        var name = tokens.TakeIf(":") ? tokens.Name() : alias;
        var arguments = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (tokens.TakeIf("("))
        {
            while (!tokens.TakeIf(")"))
            {
                var argument = tokens.Name();
                tokens.Expect(":");
                arguments[argument] = Value();
            }
        }

        return new(name, alias, arguments, tokens.Peek is "{" ? Fields() : []);
    }

    private JsonNode? Value() => tokens.Take() switch
    {
        "$" => Declared(tokens.Name())?.DeepClone(),
        "[" => List(),
        "null" => null,
        "true" => true,
        "false" => false,
        ['"', ..] text => JsonNode.Parse(text),
        [(>= '0' and <= '9') or '-', ..] number => JsonNode.Parse(number),
        [(>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_', ..] choice => choice,
        var other => throw new GraphQlException($"syntax error, unexpected {other}, expecting a value"),
    };

    private JsonNode? Declared(string variable) => variables.TryGetValue(variable, out var value)
        ? value
        : throw new GraphQlException($"Variable ${variable} is used but not declared", "variableNotDefined");

    private JsonArray List()
    {
        var list = new JsonArray();
        while (!tokens.TakeIf("]"))
            list.Add(Value());

        return list;
    }
}
