using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.ControlPlane.Flags;

/// <summary>A percentage is a number with up to three decimals.</summary>
public sealed class PercentConverter : JsonConverter<Percent>
{
    public override Percent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var value) && Percent.TryFrom(value, out var percent) ? percent : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Percent value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
