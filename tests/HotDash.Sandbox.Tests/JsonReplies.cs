using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Tests;

internal static class JsonReplies
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage reply) =>
        (await reply.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;

    /// <summary>A member on a path of names and indexes, as text.</summary>
    public static string? Text(this JsonNode node, params object[] path) =>
        path.Aggregate((JsonNode?)node, (found, step) => step is int index ? found?[index] : found?[(string)step])?.ToString();
}
