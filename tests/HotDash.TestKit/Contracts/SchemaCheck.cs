using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HotDash.TestKit.Contracts;

/// <summary>Holds values against the JSON Schema of OpenAPI documents: what descriptions of APIs use of it, not all of it.</summary>
/// <param name="document">Where references lead.</param>
public sealed class SchemaCheck(JsonNode document)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether a member that an object's description does not name is a mistake: for descriptions that are whole and current.</summary>
    public bool RefusesUnknown { get; set; }

    public IReadOnlyList<string> Check(JsonNode schema, JsonNode? value, string at)
    {
        var rules = Follow(schema);
        if (value is null)
        {
            return MayBeNull(rules) ? [] : [$"{at}: null"];
        }

        return
        [
            .. Types(rules, value, at), .. Enums(rules, value, at), .. Bounds(rules, value, at), .. Combinations(rules, value, at),
            .. value switch
            {
                JsonObject members => Members(rules, members, at),
                JsonArray items => Items(rules, items, at),
                _ => [],
            },
        ];
    }

    /// <summary>For what travels as text, such as a query.</summary>
    public IReadOnlyList<string> CheckText(JsonNode schema, string text, string at)
    {
        var rules = Follow(schema);
        if (TypesOf(rules).Contains("array", StringComparer.Ordinal))
        {
            return CheckText(rules["items"]!, text, at);
        }

        JsonNode value = TypesOf(rules) switch
        {
            ["integer" or "number"] when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            ["boolean"] when bool.TryParse(text, out var truth) => truth,
            _ => text,
        };
        return Check(rules, value, at);
    }

    public JsonNode Follow(JsonNode schema)
    {
        while (schema["$ref"] is JsonValue reference)
        {
            schema = Resolve(reference.GetValue<string>());
        }

        return schema;
    }

    public JsonNode Resolve(string reference) => reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        .Aggregate(document, (node, part) => (node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)] : node[part])
            ?? throw new InvalidOperationException($"{reference} leads nowhere."));

    private static string[] TypesOf(JsonNode rules) => rules["type"] switch
    {
        JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
        JsonValue one => [one.GetValue<string>()],
        _ => [],
    };

    private bool MayBeNull(JsonNode rules) =>
        rules["nullable"]?.GetValue<bool>() is true || TypesOf(rules).Contains("null", StringComparer.Ordinal)
        || (Several(rules, "oneOf") ?? Several(rules, "anyOf"))?.Any(choice => MayBeNull(Follow(choice))) is true
        || (rules["enum"] is JsonArray values && values.Contains(null))
        || (TypesOf(rules) is [] && rules.AsObject().Count is 0);

    private static IEnumerable<string> Types(JsonNode rules, JsonNode value, string at) =>
        TypesOf(rules) is { Length: > 0 } types && !types.Any(type => Is(value, type)) ? [$"{at}: not {string.Join(" or ", types)}"] : [];

    private static bool Is(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.IsInteger(Number(value)),
        _ => false,
    };

    private static decimal Number(JsonNode value) => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Enums(JsonNode rules, JsonNode value, string at)
    {
        var values = rules["enum"] as JsonArray ?? (rules["const"] is { } only ? [only.DeepClone()] : null);
        return values is null || values.Any(allowed => JsonNode.DeepEquals(allowed, value)) ? [] : [$"{at}: not one of the values"];
    }

    private static IEnumerable<string> Bounds(JsonNode rules, JsonNode value, string at)
    {
        var size = value switch
        {
            JsonArray items => items.Count,
            JsonValue when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>().Length,
            JsonValue when value.GetValueKind() is JsonValueKind.Number => Number(value),
            _ => (decimal?)null,
        };
        var (least, most) = value switch
        {
            JsonArray => ("minItems", "maxItems"),
            _ when value.GetValueKind() is JsonValueKind.String => ("minLength", "maxLength"),
            _ => ("minimum", "maximum"),
        };
        if (size is { } found && ((rules[least] is { } from && found < Number(from)) || (rules[most] is { } to && found > Number(to))))
        {
            yield return $"{at}: out of bounds";
        }

        if (value.GetValueKind() is JsonValueKind.String && !HasForm(rules, value.GetValue<string>()))
        {
            yield return $"{at}: not of its form";
        }
    }

    private static bool HasForm(JsonNode rules, string text) =>
        (rules["pattern"] is not { } pattern || Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.None, Patience))
        && rules["format"]?.GetValue<string>() switch
        {
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "int64" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _), // Google writes them as text
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => true,
        };

    private IEnumerable<string> Items(JsonNode rules, JsonArray items, string at)
    {
        var twice = rules["uniqueItems"]?.GetValue<bool>() is true && items.Where((item, place) => items.Take(place).Any(other => JsonNode.DeepEquals(other, item))).Any();
        var each = items.Select((item, place) => (item, rule: rules["items"] is JsonArray tuple ? tuple.ElementAtOrDefault(place) : rules["items"], place));

        return
        [
            .. twice ? [$"{at}: an element twice"] : Array.Empty<string>(),
            .. each.Where(one => one.rule is not null).SelectMany(one => Check(one.rule!, one.item, $"{at}[{one.place}]")),
        ];
    }

    private IEnumerable<string> Combinations(JsonNode rules, JsonNode value, string at)
    {
        var all = Several(rules, "allOf")?.SelectMany(part => Check(part, value, at)) ?? [];
        var some = (Several(rules, "oneOf") ?? Several(rules, "anyOf"))?.Select(choice => Check(choice, value, at)).ToList();

        return some is null || some.Exists(problems => problems.Count is 0)
            ? all
            : [.. all, $"{at}: none of the choices", .. some.MinBy(problems => problems.Count)!];
    }

    private static IEnumerable<JsonNode>? Several(JsonNode rules, string name) => (rules[name] as JsonArray)?.Select(part => part!);

    private IEnumerable<string> Members(JsonNode rules, JsonObject members, string at)
    {
        var known = rules["properties"] as JsonObject ?? [];
        var missing = (rules["required"] as JsonArray)?.Select(name => name!.GetValue<string>()).Where(name => !members.ContainsKey(name)) ?? [];
        var others = members.Where(member => !known.ContainsKey(member.Key));

        return
        [
            .. missing.Select(name => $"{at}.{name}: missing"),
            .. members.Where(member => known.ContainsKey(member.Key)).SelectMany(member => Check(known[member.Key]!, member.Value, $"{at}.{member.Key}")),
            .. rules["additionalProperties"] switch
            {
                JsonObject each => others.SelectMany(member => Check(each, member.Value, $"{at}.{member.Key}")),
                JsonValue allowed when !allowed.GetValue<bool>() => others.Select(member => $"{at}.{member.Key}: unknown"),
                _ => known.Count > 0 && RefusesUnknown ? others.Select(member => $"{at}.{member.Key}: unknown") : [],
            },
        ];
    }
}
