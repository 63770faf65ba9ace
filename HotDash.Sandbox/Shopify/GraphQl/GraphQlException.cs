using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>An error as Shopify lists it, beside a status of 200.</summary>
internal sealed class GraphQlException(string message, string? code = null, params (string Name, JsonNode? Value)[] more) : Exception(message)
{
    public JsonObject Error
    {
        get
        {
            var error = new JsonObject { ["message"] = Message };
            if (code is not null)
                error["extensions"] = new JsonObject([KeyValuePair.Create("code", (JsonNode?)code), .. more.Select(entry => KeyValuePair.Create(entry.Name, entry.Value))]);

            return error;
        }
    }
}
