using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>
/// A change as it is sent. What people saw stands in a comment of the document: GraphQL ignores it, Shopify has no field for a price's former value, and so
/// it is among the bytes that were approved.
/// </summary>
internal static class ChangeBody
{
    private const string Comment = "# ";

    /// <summary>Of the approval alone: set by us, seen by nobody.</summary>
    private static readonly string[] Marks = ["key", "reference"];

    public static byte[] Write(ShopChange change, Guid id, int revision)
    {
        var variables = change.Variables;
        if (change.IsKeyed)
        {
            variables["key"] = KeyOf(id, revision).ToString();
            variables["reference"] = $"gid://hotdash/Approval/{id}";
        }

        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["query"] = $"{Comment}{ChangeJson.WriteLine(change)}\n{change.Operation.Document}",
            ["variables"] = variables,
        }.ToJsonString());
    }

    /// <returns>Null when those are no bytes of such a change, or it says otherwise than its variables.</returns>
    public static TChange? Read<TChange>(ReadOnlySpan<byte> bytes, JsonTypeInfo<TChange> shape)
        where TChange : ShopChange
    {
        try
        {
            var body = JsonNode.Parse(bytes);
            if (body?["query"]?.GetValue<string>() is not { } query || !query.StartsWith(Comment, StringComparison.Ordinal) || body["variables"] is not JsonObject variables)
                return null;

            var change = ChangeJson.Read(query[Comment.Length..query.IndexOf('\n', StringComparison.Ordinal)], shape);
            Array.ForEach(Marks, mark => variables.Remove(mark));
            return JsonNode.DeepEquals(JsonNode.Parse(change.Variables.ToJsonString()), variables) ? change : null;
        }
        catch (Exception e) when (e is JsonException or ContentRefusedException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Each wording has its own: Shopify keeps refusals by their key, too.</summary>
    private static Guid KeyOf(Guid id, int revision) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}/{revision}")).AsSpan(0, 16), bigEndian: true);
}
