using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations;

internal static class JsonBody
{
    /// <summary>A body of known length: some providers' front ends do not take chunks.</summary>
    public static HttpContent Of<T>(T body, JsonTypeInfo<T> shape) => Of(JsonSerializer.SerializeToUtf8Bytes(body, shape));

    public static HttpContent Of(ReadOnlyMemory<byte> json) =>
        new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
