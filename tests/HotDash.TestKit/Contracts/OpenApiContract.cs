using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HotDash.TestKit.Contracts;

/// <summary>
/// A provider's OpenAPI file (3.0 or 3.1, JSON), to hold requests and replies against. It is read leniently, because official files have
/// mistakes of their own; what real servers are known to do differently is said with <see cref="Allow"/>.
/// </summary>
public sealed class OpenApiContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private readonly JsonNode _document;
    private readonly SchemaCheck _schemas;

    private OpenApiContract(JsonNode document) => (_document, _schemas) = (document, new SchemaCheck(document));

    public static OpenApiContract Load(string path) => Parse(File.ReadAllText(path));

    public static OpenApiContract Parse(string json) => new(JsonNode.Parse(json)!);

    /// <summary>Adds a value to an enum: something that servers are known to answer and the file does not list.</summary>
    /// <param name="path">A JSON pointer to the enum, without its <c>#</c>.</param>
    public OpenApiContract Allow(string path, string value)
    {
        _schemas.Resolve($"#{path}").AsArray().Add(value);
        return this;
    }

    /// <summary>Members that the file does not name are mistakes: we would be the first to send or to expect them.</summary>
    public OpenApiContract RefuseUnknown()
    {
        _schemas.RefusesUnknown = true;
        return this;
    }

    /// <summary>What is wrong with a request; empty when nothing is.</summary>
    /// <param name="pathAndQuery">Below the server's address, with its leading slash.</param>
    public IReadOnlyList<string> CheckRequest(string method, string pathAndQuery, string body)
    {
        var (path, query) = Split(pathAndQuery);
        if (Find(method, path) is not { } found)
        {
            return [$"{method} {path}: no such operation"];
        }

        return [.. Prefix($"{method} {path}", [.. Queries(found, query), .. Bodies(found.Operation, body)])];
    }

    /// <summary>What is wrong with a reply; empty when nothing is.</summary>
    public IReadOnlyList<string> CheckReply(string method, string pathAndQuery, int status, string body)
    {
        var (path, _) = Split(pathAndQuery);
        if (Find(method, path) is not { } found)
        {
            return [$"{method} {path}: no such operation"];
        }

        var where = string.Create(CultureInfo.InvariantCulture, $"{method} {path} → {status}");
        var replies = found.Operation["responses"]!;
        if ((replies[$"{status}"] ?? replies[$"{status / 100}XX"] ?? replies["default"]) is not { } reply)
        {
            return [$"{where}: no such reply"];
        }

        return [.. Prefix(where, Schema(_schemas.Follow(reply)) is { } schema ? Parsed(schema, body) : [])];
    }

    private static IEnumerable<string> Prefix(string where, IEnumerable<string> problems) => problems.Select(problem => $"{where}: {problem}");

    private static (string Path, string Query) Split(string pathAndQuery)
    {
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (pathAndQuery, "") : (pathAndQuery[..mark], pathAndQuery[(mark + 1)..]);
    }

    /// <summary>Of several templates that fit, the one with the fewest placeholders is meant.</summary>
    private (JsonNode Item, JsonNode Operation)? Find(string method, string path) => method is "HEAD"
        ? FindDescribed(method, path) ?? FindDescribed("GET", path)
        : FindDescribed(method, path);

    private (JsonNode Item, JsonNode Operation)? FindDescribed(string method, string path) => _document["paths"]!.AsObject()
        .Where(item => Methods.Contains(method.ToLowerInvariant(), StringComparer.Ordinal) && item.Value?[method.ToLowerInvariant()] is not null)
        .Where(item => Fits(item.Key, path))
        .OrderBy(item => item.Key.Count(letter => letter is '{'))
        .Select(item => ((JsonNode, JsonNode)?)(item.Value!, item.Value![method.ToLowerInvariant()]!))
        .FirstOrDefault();

    /// <summary>What stands before a verb of Google's, as in <c>/v1beta/{property}:runReport</c>, may be several parts.</summary>
    private static bool Fits(string template, string path)
    {
        var pattern = Regex.Replace(Regex.Escape(template), @"\\{[^}]+}(?<verb>:?)", found => found.Groups["verb"].Length > 0 ? ".+:" : "[^/]+", RegexOptions.None, Patience);

        return Regex.IsMatch(path, $"^{pattern}$", RegexOptions.None, Patience);
    }

    private IEnumerable<string> Queries((JsonNode Item, JsonNode Operation) found, string query)
    {
        var known = new[] { found.Item["parameters"], found.Operation["parameters"] }
            .SelectMany(list => list?.AsArray().Select(item => _schemas.Follow(item!)) ?? [])
            .Where(parameter => parameter["in"]!.GetValue<string>() is "query")
            .ToLookup(parameter => Plain(parameter["name"]!.GetValue<string>()), StringComparer.Ordinal);
        var given = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2))
            .ToLookup(part => Plain(Uri.UnescapeDataString(part[0])), part => part is [_, var value] ? Uri.UnescapeDataString(value) : "", StringComparer.Ordinal);

        foreach (var parameter in known.Where(parameter => parameter.Any(declared => declared["required"]?.GetValue<bool>() is true) && !given.Contains(parameter.Key)))
        {
            yield return $"{parameter.Key}: missing";
        }

        foreach (var parameter in given)
        {
            var schemas = known[parameter.Key].Select(declared => declared["schema"]).OfType<JsonNode>().ToList(); // some are declared twice: one or several
            var problems = schemas.Count > 0
                ? parameter.SelectMany(value => schemas.Select(schema => _schemas.CheckText(schema, value, parameter.Key)).MinBy(found => found.Count)!)
                : [$"{parameter.Key}: no such parameter"];
            foreach (var problem in problems)
            {
                yield return problem;
            }
        }
    }

    // Rails wants brackets behind the name of a list; descriptions leave them out.
    private static string Plain(string name) => name.EndsWith("[]", StringComparison.Ordinal) ? name[..^2] : name;

    private IEnumerable<string> Bodies(JsonNode operation, string body)
    {
        if (operation["requestBody"] is not { } declared)
        {
            return body.Length is 0 ? [] : ["a body where there is none"];
        }

        var wanted = _schemas.Follow(declared);
        if (wanted["content"]?["multipart/form-data"] is not null)
        {
            return body.Length is 0 ? ["the body is missing"] : [];
        }

        return body.Length is 0
            ? wanted["required"]?.GetValue<bool>() is true ? ["the body is missing"] : []
            : Schema(wanted) is { } schema ? Parsed(schema, body) : ["the body is no JSON there"];
    }

    private static JsonNode? Schema(JsonNode holder) => holder["content"]?["application/json"]?["schema"];

    private IReadOnlyList<string> Parsed(JsonNode schema, string body)
    {
        try
        {
            return _schemas.Check(schema, JsonNode.Parse(body), "$");
        }
        catch (JsonException)
        {
            return ["the body is no JSON"];
        }
    }
}
