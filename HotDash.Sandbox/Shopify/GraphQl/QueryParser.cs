using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>Reads a document with one query or mutation: what HotDash sends. Named fragments and other directives than one are refused rather than misread.</summary>
internal sealed class QueryParser
{
    private readonly Tokens tokens;
    private readonly JsonObject given;
    private readonly Dictionary<string, JsonNode?> variables = new(StringComparer.Ordinal);

    private QueryParser(string source, JsonObject given) => (tokens, this.given) = (new(source), given);

    public static Document Parse(string source, JsonObject variables)
    {
        var parser = new QueryParser(source, variables);
        var document = new Document(parser.Head() is "mutation", parser.Fields());

        return parser.tokens.Peek is null ? document : throw new GraphQlException("An operation name is required");
    }

    private string Head()
    {
        if (tokens.Peek is "{")
            return "query";

        var operation = tokens.Take();
        if (operation is not ("query" or "mutation"))
            throw new GraphQlException("The sandbox answers queries and mutations alone.");

        if (tokens.Peek is not ("(" or "{"))
            tokens.Name();
        if (tokens.TakeIf("("))
        {
            while (!tokens.TakeIf(")"))
                Variable();
        }

        return operation;
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
            fields.Add(tokens.TakeIf("...") ? Fragment() : Field());

        return fields is [] ? throw new GraphQlException("syntax error, unexpected }, expecting a field") : fields;
    }

    /// <summary><c>... on Type { }</c></summary>
    private Selection Fragment()
    {
        tokens.Expect("on");
        return new("...", tokens.Name(), new Dictionary<string, JsonNode?>(StringComparer.Ordinal), Fields());
    }

    private Selection Field()
    {
        var alias = tokens.Name();
        var name = tokens.TakeIf(":") ? tokens.Name() : alias;
        var arguments = Arguments();
        var key = Directive();

        return new(name, alias, arguments, tokens.Peek is "{" ? Fields() : []) { IdempotencyKey = key };
    }

    private Dictionary<string, JsonNode?> Arguments()
    {
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

        return arguments;
    }

    private string? Directive()
    {
        if (!tokens.TakeIf("@"))
            return null;

        var name = tokens.Name();
        return name is not "idempotent"
            ? throw new GraphQlException($"Directive @{name} is not defined", "undefinedDirective", ("directiveName", name))
            : Arguments().GetValueOrDefault("key")?.GetValue<string>()
            ?? throw new GraphQlException("Directive 'idempotent' is missing required arguments: key", "missingRequiredArguments", ("className", "Directive"), ("name", name));
    }

    private JsonNode? Value() => tokens.Take() switch
    {
        "$" => Declared(tokens.Name())?.DeepClone(),
        "[" => List(),
        "{" => Object(),
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

    private JsonObject Object()
    {
        var thing = new JsonObject();
        while (!tokens.TakeIf("}"))
        {
            var name = tokens.Name();
            tokens.Expect(":");
            thing[name] = Value();
        }

        return thing;
    }

    private JsonArray List()
    {
        var list = new JsonArray();
        while (!tokens.TakeIf("]"))
            list.Add(Value());

        return list;
    }
}
