using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations;

internal static class JsonBody
{
    /// <summary>A body of known length: some providers' front ends do not take chunks.</summary>
    public static HttpContent Of<T>(T body, JsonTypeInfo<T> shape) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, shape)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
