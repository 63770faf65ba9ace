using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations;

/// <summary>Reads mock data shipped with an integration. It has the provider's own shape, so that a mock is read like an answer.</summary>
internal static class Fixture
{
    public static T Read<T>(string name, JsonTypeInfo<T> shape)
    {
        using var stream = Open(name);
        return JsonSerializer.Deserialize(stream, shape)!;
    }

    /// <summary>A text shipped the same way, such as a query.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }

    private static Stream Open(string name) => typeof(Fixture).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The fixture {name} is not embedded.");
}
