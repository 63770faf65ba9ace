using System.Text.Json;

namespace Aspire.Hosting.Backchannel;

internal static class RpcArguments
{
    /// <summary>The request object that a method takes as its one parameter.</summary>
    /// <exception cref="RpcException">It is missing or has other members.</exception>
    public static T First<T>(this JsonElement[] args)
        where T : class
    {
        try
        {
            return args is [var first, ..] && first.Deserialize<T>(JsonSerializerOptions.Web) is { } request
                ? request
                : throw new RpcException(RpcException.InvalidParams, "The request object is missing.");
        }
        catch (JsonException e)
        {
            throw new RpcException(RpcException.InvalidParams, $"The request object cannot be read at {e.Path}.");
        }
    }
}
