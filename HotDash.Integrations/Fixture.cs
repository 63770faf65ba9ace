using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HotDash.Integrations;

/// <summary>Reads mock data shipped with an integration. It has the provider's own shape, so that a mock is read like an answer.</summary>
internal static class Fixture
{
    public static T Read<T>(string name, JsonTypeInfo<T> shape)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The fixture {name} is not embedded.");

        return JsonSerializer.Deserialize(stream, shape)!;
    }
}
