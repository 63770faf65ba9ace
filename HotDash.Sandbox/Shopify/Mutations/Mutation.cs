using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

using HotDash.Sandbox.Shopify.GraphQl;

namespace HotDash.Sandbox.Shopify.Mutations;

/// <summary>One field at the root of a mutation, in the version of the schema that it was sent to.</summary>
internal sealed record Mutation(Selection Field, string Version, string? TraceParent)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public string? Key => Field.IdempotencyKey;

    public bool IsSince(string version) => string.CompareOrdinal(Version, version) >= 0;

    /// <exception cref="GraphQlException">It is missing, or not what the schema wants.</exception>
    public T Read<T>(string argument)
        where T : class
    {
        var value = Field.Arguments.GetValueOrDefault(argument)
            ?? throw new GraphQlException($"Field '{Field.Name}' is missing required arguments: {argument}", "missingRequiredArguments", ("className", "Field"), ("name", Field.Name));
        try
        {
            return value.Deserialize<T>(Strict)!;
        }
        catch (JsonException e)
        {
            throw Invalid(argument, e.Path is { Length: > 2 } path ? path[2..] : "it");
        }
    }

    public GraphQlException Invalid(string argument, string what) => new($"Argument '{argument}' of field '{Field.Name}' was provided invalid value for {what}", "INVALID_VARIABLE");

    /// <summary>What Shopify answers: the parts, and what was wrong.</summary>
    public JsonObject Payload(IEnumerable<UserError> errors, params ReadOnlySpan<(string Name, JsonNode? Value)> parts)
    {
        var type = $"{char.ToUpperInvariant(Field.Name[0])}{Field.Name[1..]}";
        var payload = new JsonObject
        {
            ["__typename"] = $"{type}Payload",
            ["userErrors"] = new JsonArray([.. errors.Select(error => error.Write($"{type}UserError"))]),
        };
        foreach (var (name, value) in parts)
            payload[name] = value;

        return payload;
    }
}

/// <summary>Why a mutation did not do what was asked, at 200.</summary>
/// <param name="Code">As the mutation's enumeration has it.</param>
/// <param name="Field">Path of the argument.</param>
internal sealed record UserError(string Code, string Message, params IReadOnlyList<string> Field)
{
    public JsonObject Write(string type)
    {
        var error = new JsonObject
        {
            ["__typename"] = type,
            ["code"] = Code,
            ["message"] = Message,
            ["field"] = Field is [] ? null : new JsonArray([.. Field.Select(part => (JsonNode)part)]),
        };
        if (type is "MetafieldsSetUserError")
            error["elementIndex"] = Field is [_, var index, ..] ? int.Parse(index, System.Globalization.CultureInfo.InvariantCulture) : null;

        return error;
    }
}
