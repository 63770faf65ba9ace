using System.Text.Json;

namespace Aspire.Hosting.Backchannel;

/// <summary>One call; without an <paramref name="Id"/> it is a notification, which is never answered.</summary>
internal sealed record RpcRequest(JsonElement? Id, string Method, JsonElement[] Args)
{
    /// <exception cref="RpcException">This is no request.</exception>
    public static RpcRequest Parse(byte[] message)
    {
        var json = ParseJson(message);
        if (json.ValueKind is not JsonValueKind.Object
            || !json.TryGetProperty("method", out var method) || method.ValueKind is not JsonValueKind.String)
        {
            throw new RpcException(RpcException.InvalidRequest, "A request is an object with a method.");
        }

        return new RpcRequest(
            json.TryGetProperty("id", out var id) ? id : null,
            method.GetString()!,
            json.TryGetProperty("params", out var args) ? ArgsOf(args) : []);
    }

    private static JsonElement[] ArgsOf(JsonElement args) => args.ValueKind switch
    {
        JsonValueKind.Array => [.. args.EnumerateArray()],
        JsonValueKind.Object => [args],
        _ => [],
    };

    private static JsonElement ParseJson(byte[] message)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(message);
        }
        catch (JsonException)
        {
            throw new RpcException(RpcException.ParseError, "The message is not JSON.");
        }
    }
}
