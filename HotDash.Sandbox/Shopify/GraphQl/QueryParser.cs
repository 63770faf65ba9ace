using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>Reads a document with one query or mutation: what HotDash sends. Named fragments and other directives than one are refused rather than misread.</summary>
internal sealed class QueryParser
{
    private readonly Tokens _tokens;
    private readonly JsonObject _given;
    private readonly Dictionary<string, JsonNode?> _variables = new(StringComparer.Ordinal);

    private QueryParser(string source, JsonObject given) => (_tokens, _given) = (new(source), given);

    public static Document Parse(string source, JsonObject variables)
    {
        var parser = new QueryParser(source, variables);
        var document = new Document(parser.Head() is "mutation", parser.Fields());

        return parser._tokens.Peek is null ? document : throw new GraphQlException("An operation name is required");
    }

    private string Head()
    {
        if (_tokens.Peek is "{")
            return "query";

        var operation = _tokens.Take();
        if (operation is not ("query" or "mutation"))
            throw new GraphQlException("The sandbox answers queries and mutations alone.");

        if (_tokens.Peek is not ("(" or "{"))
            _tokens.Name();
        if (_tokens.TakeIf("("))
        {
            while (!_tokens.TakeIf(")"))
                Variable();
        }

        return operation;
    }

    private void Variable()
    {
        _tokens.Expect("$");
        var name = _tokens.Name();
        _tokens.Expect(":");
        var (type, required) = Type();
        var otherwise = _tokens.TakeIf("=") ? Value() : null;

        var value = _given.TryGetPropertyValue(name, out var found) ? found?.DeepClone() : otherwise;
        if (required && value is null)
            throw new GraphQlException($"Variable ${name} of type {type} was provided invalid value", "INVALID_VARIABLE");

        _variables[name] = value;
    }

    private (string Type, bool Required) Type()
    {
        var type = _tokens.TakeIf("[") ? $"[{Type().Type}{Close()}" : _tokens.Name();
        return _tokens.TakeIf("!") ? ($"{type}!", true) : (type, false);

        string Close()
        {
            _tokens.Expect("]");
            return "]";
        }
    }

    private List<Selection> Fields()
    {
        var fields = new List<Selection>();
        _tokens.Expect("{");
        while (!_tokens.TakeIf("}"))
            fields.Add(_tokens.TakeIf("...") ? Fragment() : Field());

        return fields is [] ? throw new GraphQlException("syntax error, unexpected }, expecting a field") : fields;
    }

    /// <summary><c>... on Type { }</c></summary>
    private Selection Fragment()
    {
        _tokens.Expect("on");
        return new("...", _tokens.Name(), new Dictionary<string, JsonNode?>(StringComparer.Ordinal), Fields());
    }

    private Selection Field()
    {
        var alias = _tokens.Name();
        var name = _tokens.TakeIf(":") ? _tokens.Name() : alias;
        var arguments = Arguments();
        var key = Directive();

        return new(name, alias, arguments, _tokens.Peek is "{" ? Fields() : []) { IdempotencyKey = key };
    }

    private Dictionary<string, JsonNode?> Arguments()
    {
        var arguments = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (_tokens.TakeIf("("))
        {
            while (!_tokens.TakeIf(")"))
            {
                var argument = _tokens.Name();
                _tokens.Expect(":");
                arguments[argument] = Value();
            }
        }

        return arguments;
    }

    private string? Directive()
    {
        if (!_tokens.TakeIf("@"))
            return null;

        var name = _tokens.Name();
        return name is not "idempotent"
            ? throw new GraphQlException($"Directive @{name} is not defined", "undefinedDirective", ("directiveName", name))
            : Arguments().GetValueOrDefault("key")?.GetValue<string>()
            ?? throw new GraphQlException("Directive 'idempotent' is missing required arguments: key", "missingRequiredArguments", ("className", "Directive"), ("name", name));
    }

    private JsonNode? Value() => _tokens.Take() switch
    {
        "$" => Declared(_tokens.Name())?.DeepClone(),
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

    private JsonNode? Declared(string variable) => _variables.TryGetValue(variable, out var value)
        ? value
        : throw new GraphQlException($"Variable ${variable} is used but not declared", "variableNotDefined");

    private JsonObject Object()
    {
        var thing = new JsonObject();
        while (!_tokens.TakeIf("}"))
        {
            var name = _tokens.Name();
            _tokens.Expect(":");
            thing[name] = Value();
        }

        return thing;
    }

    private JsonArray List()
    {
        var list = new JsonArray();
        while (!_tokens.TakeIf("]"))
            list.Add(Value());

        return list;
    }
}
