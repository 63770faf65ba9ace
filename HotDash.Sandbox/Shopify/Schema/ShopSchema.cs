using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HotDash.Sandbox.Shopify.GraphQl;

namespace HotDash.Sandbox.Shopify.Schema;

/// <summary>What the stand-in says of itself: <c>__schema</c> and <c>__type</c>, as far as a client asks for what it uses.</summary>
internal sealed partial class ShopSchema
{
    private readonly Dictionary<string, JsonObject> types = new(StringComparer.Ordinal);
    private readonly JsonArray directives = [];
    private readonly Dictionary<string, string> kinds;
    private readonly Tokens tokens;

    private ShopSchema(string source)
    {
        tokens = new(source);
        kinds = Defined().Matches(source).ToDictionary(match => match.Groups["name"].Value, match => KindOf(match.Groups["keyword"].Value), StringComparer.Ordinal);
        while (tokens.Peek is not null)
            Definition(tokens.Name());
    }

    public static ShopSchema Own { get; } = Load();

    public IEnumerable<string> Names => types.Keys;

    public JsonObject Roots => Thing("__Schema", ("queryType", Thing("__Type", ("name", "QueryRoot"))), ("mutationType", Thing("__Type", ("name", "Mutation"))), ("directives", directives.DeepClone()));

    public JsonNode? TypeOf(string? name) => name is not null && types.TryGetValue(name, out var type) ? type.DeepClone() : null;

    private static ShopSchema Load()
    {
        using var reader = new StreamReader(typeof(ShopSchema).Assembly.GetManifestResourceStream("shop.graphql")!);
        return new(reader.ReadToEnd());
    }

    private void Definition(string keyword)
    {
        if (keyword is "directive")
        {
            tokens.Expect("@");
            directives.Add(Thing("__Directive", ("name", tokens.Name()), ("args", Inputs("(", ")"))));
            return;
        }

        var name = tokens.Name();
        types[name] = keyword switch
        {
            "enum" => Type(name, "enumValues", Values()),
            "input" => Type(name, "inputFields", Inputs("{", "}")),
            _ => Type(name, "fields", Fields()),
        };
    }

    private static string KindOf(string keyword) => keyword switch { "type" => "OBJECT", "input" => "INPUT_OBJECT", _ => keyword.ToUpperInvariant() };

    private JsonObject Type(string name, string list, JsonArray members)
    {
        var type = Thing("__Type", ("name", name), ("kind", kinds[name]), ("fields", null), ("inputFields", null), ("enumValues", null));
        type[list] = members;
        return type;
    }

    private JsonArray Values()
    {
        var values = new JsonArray();
        tokens.Expect("{");
        while (!tokens.TakeIf("}"))
            values.Add(Member(tokens.Name()));

        return values;
    }

    private JsonArray Fields()
    {
        var fields = new JsonArray();
        tokens.Expect("{");
        while (!tokens.TakeIf("}"))
        {
            var name = tokens.Name();
            var arguments = tokens.Peek is "(" ? Inputs("(", ")") : [];
            tokens.Expect(":");
            fields.Add(Member(name, ("args", arguments), ("type", Reference())));
        }

        return fields;
    }

    private JsonArray Inputs(string begin, string end)
    {
        var inputs = new JsonArray();
        tokens.Expect(begin);
        while (!tokens.TakeIf(end))
        {
            var name = tokens.Name();
            tokens.Expect(":");
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
        if (!tokens.TakeIf("@"))
            return null;

        foreach (var token in new[] { "deprecated", "(", "reason", ":" })
            tokens.Expect(token);
        var reason = JsonNode.Parse(tokens.Take())!.GetValue<string>();
        tokens.Expect(")");
        return reason;
    }

    private JsonObject Reference()
    {
        var type = tokens.TakeIf("[") ? List() : Named(tokens.Name());
        return tokens.TakeIf("!") ? Thing("__Type", ("kind", "NON_NULL"), ("name", null), ("ofType", type)) : type;

        JsonObject List()
        {
            var item = Reference();
            tokens.Expect("]");
            return Thing("__Type", ("kind", "LIST"), ("name", null), ("ofType", item));
        }
    }

    private JsonObject Named(string name) => Thing("__Type", ("kind", kinds.GetValueOrDefault(name, "SCALAR")), ("name", name), ("ofType", null));

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
