using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HotDash.Sandbox.Shopify.GraphQl;

namespace HotDash.Sandbox.Shopify.Schema;

/// <summary>What the stand-in says of itself: <c>__schema</c> and <c>__type</c>, as far as a client asks for what it uses.</summary>
internal sealed partial class ShopSchema
{
    private readonly Dictionary<string, JsonObject> _types = new(StringComparer.Ordinal);
    private readonly JsonArray _directives = [];
    private readonly Dictionary<string, string> _kinds;
    private readonly Tokens _tokens;

    private ShopSchema(string source)
    {
        _tokens = new(source);
        _kinds = Defined().Matches(source).ToDictionary(match => match.Groups["name"].Value, match => KindOf(match.Groups["keyword"].Value), StringComparer.Ordinal);
        while (_tokens.Peek is not null)
            Definition(_tokens.Name());
    }

    public static ShopSchema Own { get; } = Load();

    public IEnumerable<string> Names => _types.Keys;

    public JsonObject Roots => Thing("__Schema", ("queryType", Thing("__Type", ("name", "QueryRoot"))), ("mutationType", Thing("__Type", ("name", "Mutation"))), ("directives", _directives.DeepClone()));

    public JsonNode? TypeOf(string? name) => name is not null && _types.TryGetValue(name, out var type) ? type.DeepClone() : null;

    private static ShopSchema Load()
    {
        using var reader = new StreamReader(typeof(ShopSchema).Assembly.GetManifestResourceStream("shop.graphql")!);
        return new(reader.ReadToEnd());
    }

    private void Definition(string keyword)
    {
        if (keyword is "directive")
        {
            _tokens.Expect("@");
            _directives.Add(Thing("__Directive", ("name", _tokens.Name()), ("args", Inputs("(", ")"))));
            return;
        }

        var name = _tokens.Name();
        _types[name] = keyword switch
        {
            "enum" => Type(name, "enumValues", Values()),
            "input" => Type(name, "inputFields", Inputs("{", "}")),
            _ => Type(name, "fields", Fields()),
        };
    }

    private static string KindOf(string keyword) => keyword switch { "type" => "OBJECT", "input" => "INPUT_OBJECT", _ => keyword.ToUpperInvariant() };

    private JsonObject Type(string name, string list, JsonArray members)
    {
        var type = Thing("__Type", ("name", name), ("kind", _kinds[name]), ("fields", null), ("inputFields", null), ("enumValues", null));
        type[list] = members;
        return type;
    }

    private JsonArray Values()
    {
        var values = new JsonArray();
        _tokens.Expect("{");
        while (!_tokens.TakeIf("}"))
            values.Add(Member(_tokens.Name()));

        return values;
    }

    private JsonArray Fields()
    {
        var fields = new JsonArray();
        _tokens.Expect("{");
        while (!_tokens.TakeIf("}"))
        {
            var name = _tokens.Name();
            var arguments = _tokens.Peek is "(" ? Inputs("(", ")") : [];
            _tokens.Expect(":");
            fields.Add(Member(name, ("args", arguments), ("type", Reference())));
        }

        return fields;
    }

    private JsonArray Inputs(string begin, string end)
    {
        var inputs = new JsonArray();
        _tokens.Expect(begin);
        while (!_tokens.TakeIf(end))
        {
            var name = _tokens.Name();
            _tokens.Expect(":");
            inputs.Add(Member(name, ("defaultValue", null), ("type", Reference())));
        }

        return inputs;
    }

    private JsonObject Member(string name, params (string Name, JsonNode? Value)[] parts)
    {
        var reason = Deprecation();
        return Thing("__Member", [("name", name), ("isDeprecated", reason is not null), ("deprecationReason", reason), .. parts]);
    }

    private string? Deprecation()
    {
        if (!_tokens.TakeIf("@"))
            return null;

        foreach (var token in new[] { "deprecated", "(", "reason", ":" })
            _tokens.Expect(token);
        var reason = JsonNode.Parse(_tokens.Take())!.GetValue<string>();
        _tokens.Expect(")");
        return reason;
    }

    private JsonObject Reference()
    {
        var type = _tokens.TakeIf("[") ? List() : Named(_tokens.Name());
        return _tokens.TakeIf("!") ? Thing("__Type", ("kind", "NON_NULL"), ("name", null), ("ofType", type)) : type;

        JsonObject List()
        {
            var item = Reference();
            _tokens.Expect("]");
            return Thing("__Type", ("kind", "LIST"), ("name", null), ("ofType", item));
        }
    }

    private JsonObject Named(string name) => Thing("__Type", ("kind", _kinds.GetValueOrDefault(name, "SCALAR")), ("name", name), ("ofType", null));

    private static JsonObject Thing(string type, params (string Name, JsonNode? Value)[] parts)
    {
        var thing = new JsonObject { ["__typename"] = type };
        foreach (var (name, value) in parts)
            thing[name] = value;

        return thing;
    }

    [GeneratedRegex(@"^(?<keyword>type|interface|input|enum) (?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Defined();
}
