using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HotDash.TestKit;

/// <summary>
/// A provider's own description of its JSON: JSON Schema (draft 7) or the schemas of an OpenAPI 3 file, as far as those in use need it.
/// Members that the description does not name are mistakes, too: we would be the first to send or to expect them.
/// </summary>
public sealed class JsonContract(JsonElement document)
{
    /// <summary>Descriptions are kept beside the repository, since their licences are not ours.</summary>
    /// <returns>Null where they are absent.</returns>
    public static JsonContract? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "contracts", file);
            if (File.Exists(path))
            {
                using var json = JsonDocument.Parse(File.ReadAllBytes(path));
                return new(json.RootElement.Clone());
            }
        }

        return null;
    }

    /// <param name="part">Which part of the description holds, such as <c>#/components/schemas/Report</c>.</param>
    /// <returns>What is wrong, each with its place; empty when the JSON is as described.</returns>
    public IReadOnlyList<string> Check(string json, string part = "#")
    {
        using var parsed = JsonDocument.Parse(json);
        return [.. Check(parsed.RootElement, Resolve(part), "$")];
    }

    private IEnumerable<string> Check(JsonElement value, JsonElement schema, string at)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
            return schema.ValueKind is JsonValueKind.False ? [$"{at} must not be there"] : [];

        if (Get(schema, "$ref") is { } reference)
            return Check(value, Resolve(reference.GetString()!), at);

        return
        [
            .. CheckType(value, schema, at),
            .. CheckChoice(value, schema, at),
            .. value.ValueKind switch
            {
                JsonValueKind.Object => CheckObject(value, schema, at),
                JsonValueKind.Array => CheckArray(value, schema, at),
                JsonValueKind.Number => CheckNumber(value, schema, at),
                JsonValueKind.String => CheckText(value, schema, at),
                _ => [],
            },
        ];
    }

    private static IEnumerable<string> CheckType(JsonElement value, JsonElement schema, string at)
    {
        if (Get(schema, "type") is not { } type || (value.ValueKind is JsonValueKind.Null && Get(schema, "nullable")?.GetBoolean() is true))
            yield break;

        if (!Items(type).Any(name => Is(value, name.GetString()!)))
            yield return $"{at} is a {value.ValueKind}, not {type}";
    }

    private IEnumerable<string> CheckChoice(JsonElement value, JsonElement schema, string at)
    {
        if (Get(schema, "enum") is { } listed && !Items(listed).Any(one => JsonElement.DeepEquals(one, value)))
            yield return $"{at} is none of {listed}";
        if (Get(schema, "const") is { } only && !JsonElement.DeepEquals(only, value))
            yield return $"{at} is not {only}";
        if (Get(schema, "oneOf") is { } one && Items(one).Count(option => !Check(value, option, at).Any()) is var fits && fits is not 1)
            yield return $"{at} fits {fits} of its alternatives, not one";
        if (Get(schema, "anyOf") is { } any && !Items(any).Any(option => !Check(value, option, at).Any()))
            yield return $"{at} fits none of its alternatives";

        foreach (var wrong in Items(Get(schema, "allOf")).SelectMany(part => Check(value, part, at)))
            yield return wrong;
    }

    private IEnumerable<string> CheckObject(JsonElement value, JsonElement schema, string at)
    {
        var properties = Get(schema, "properties");
        var others = Get(schema, "additionalProperties");
        foreach (var name in Items(Get(schema, "required")).Select(name => name.GetString()!).Where(name => Get(value, name) is null))
            yield return $"{at}.{name} is missing";

        foreach (var member in value.EnumerateObject())
        {
            var described = properties is { } known ? Get(known, member.Name) : null;
            if ((described ?? others) is { ValueKind: not JsonValueKind.False } rule)
            {
                foreach (var wrong in Check(member.Value, rule, $"{at}.{member.Name}"))
                    yield return wrong;
            }
            else if (properties is not null)
            {
                yield return $"{at}.{member.Name} is not known";
            }
        }
    }

    private IEnumerable<string> CheckArray(JsonElement value, JsonElement schema, string at)
    {
        var elements = value.EnumerateArray().ToList();
        if (elements.Count < Number(schema, "minItems", 0) || elements.Count > Number(schema, "maxItems", double.MaxValue))
            yield return $"{at} has {elements.Count.ToString(CultureInfo.InvariantCulture)} elements";
        if (Get(schema, "uniqueItems")?.GetBoolean() is true && elements.DistinctBy(element => element.GetRawText(), StringComparer.Ordinal).Count() < elements.Count)
            yield return $"{at} has an element twice";
        if (Get(schema, "items") is not { } items)
            yield break;

        var places = elements.Select((element, index) => (
            element, rule: items.ValueKind is not JsonValueKind.Array ? items : index < items.GetArrayLength() ? items[index] : default, index));
        foreach (var wrong in places.SelectMany(place => Check(place.element, place.rule, $"{at}[{place.index.ToString(CultureInfo.InvariantCulture)}]")))
            yield return wrong;
    }

    private static IEnumerable<string> CheckNumber(JsonElement value, JsonElement schema, string at)
    {
        if (value.GetDouble() < Number(schema, "minimum", double.MinValue) || value.GetDouble() > Number(schema, "maximum", double.MaxValue))
            yield return $"{at} is {value}, out of its bounds";
    }

    private static IEnumerable<string> CheckText(JsonElement value, JsonElement schema, string at)
    {
        var text = value.GetString()!;
        if (Get(schema, "pattern") is { } pattern && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(1)))
            yield return $"{at} does not look like {pattern}";
        if (Get(schema, "format")?.GetString() is "date" && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return $"{at} is no date";
        if (Get(schema, "format")?.GetString() is "date-time" && (text.Length < 19 || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)))
            yield return $"{at} is no time";
        if (Get(schema, "format")?.GetString() is "int64" && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            yield return $"{at} is no whole number";
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "null" => value.ValueKind is JsonValueKind.Null,
        _ => throw new NotSupportedException($"The contract has a type '{type}'."),
    };

    private JsonElement Resolve(string part) => part.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate(document, (found, step) => found.GetProperty(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)));

    private static JsonElement? Get(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var found) ? found : null;

    private static double Number(JsonElement schema, string name, double otherwise) => Get(schema, name)?.GetDouble() ?? otherwise;

    private static IEnumerable<JsonElement> Items(JsonElement? list) => list switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray(),
        { } single => [single],
    };
}
