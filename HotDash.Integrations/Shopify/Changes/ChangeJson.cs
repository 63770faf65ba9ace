using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>Changes as people read and edit them, and what became of them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InventoryChange))]
[JsonSerializable(typeof(PriceChange))]
[JsonSerializable(typeof(MetafieldChange))]
[JsonSerializable(typeof(ChangeResult))]
internal sealed partial class ChangeJson : JsonSerializerContext
{
    /// <summary>For people: a line for each value, and letters as they are.</summary>
    private static readonly Lazy<JsonSerializerOptions> Readable = new(MakeReadable);

    public static string Write(object value) => JsonSerializer.Serialize(value, Readable.Value.GetTypeInfo(value.GetType()));

    private static JsonSerializerOptions MakeReadable() => new(Default.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>On one line, in ASCII.</summary>
    public static string WriteLine(ShopChange change) => JsonSerializer.Serialize(change, Default.Options.GetTypeInfo(change.GetType()));

    /// <exception cref="ContentRefusedException">It is no change of this kind.</exception>
    public static T Read<T>(string content, JsonTypeInfo<T> shape)
        where T : ShopChange
    {
        try
        {
            var change = JsonSerializer.Deserialize(content, shape) ?? throw new JsonException();
            List<ContentProblem> problems = [.. change.Problems(), .. WithoutFrom(change)];
            return problems is [] ? change : throw new ContentRefusedException(problems);
        }
        catch (JsonException e)
        {
            throw new ContentRefusedException([new(e.Path is { Length: > 2 } path ? path[2..] : "it", "is not what a change of this kind has, in the JSON that was shown.")]);
        }
    }

    /// <summary>Without it nothing would be compared.</summary>
    private static IEnumerable<ContentProblem> WithoutFrom(ShopChange change) => change.Lines.Index()
        .Where(line => line.Item.From is null && !change.MayBeNew).Select(line => new ContentProblem($"items[{line.Index}].from", "is required: what is there now."));
}
