using System.Text.Json;

namespace HotDash.Api.Tests.Requests;

/// <summary>A route as the OpenAPI document describes it.</summary>
/// <param name="Query">The names of its parameters there.</param>
/// <param name="Fields">Of its body, texts first; none when it takes no body.</param>
internal sealed record DescribedRoute(HttpMethod Method, string Path, IReadOnlyList<string> Query, IReadOnlyList<string> Fields)
{
    public static async Task<IReadOnlyList<DescribedRoute>> AllAsync(ApiUnderTest api)
    {
        var document = (await api.GetAsync("/api/openapi.json")).Json;

        return
        [
            .. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
                .Select(operation => new DescribedRoute(HttpMethod.Parse(operation.Name), path.Name, QueryOf(operation.Value), FieldsOf(operation.Value, document)))),
        ];
    }

    public override string ToString() => $"{Method} {Path}";

    private static string[] QueryOf(JsonElement operation) => !operation.TryGetProperty("parameters", out var parameters) ? [] :
    [
        .. parameters.EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() is "query").Select(parameter => parameter.GetProperty("name").GetString()!),
    ];

    private static string[] FieldsOf(JsonElement operation, JsonElement document)
    {
        if (!operation.TryGetProperty("requestBody", out var body) || !body.GetProperty("content").TryGetProperty("application/json", out var content))
            return [];

        var schema = content.GetProperty("schema");
        if (schema.TryGetProperty("$ref", out var reference))
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);

        return [.. schema.GetProperty("properties").EnumerateObject().OrderByDescending(field => field.Value.TryGetProperty("type", out var type) && type.ToString().Contains("string", StringComparison.Ordinal)).Select(field => field.Name)];
    }
}
