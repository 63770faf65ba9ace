using System.Text;
using System.Text.Json;

namespace HotDash.ControlPlane.Audit;

/// <summary>A signed word on where the chain ended at a time. One line of JSON in the file of its log.</summary>
/// <param name="Hash">Of the entry with this number, in hexadecimal.</param>
/// <param name="Signature">ECDSA over P-256 and SHA-256 of <see cref="Signed"/>, in base64.</param>
internal sealed record Checkpoint(Guid Log, long Seq, string Hash, DateTimeOffset At, string Signature)
{
    public static Checkpoint Of(AuditHead head, CheckpointKey key)
    {
        var unsigned = new Checkpoint(head.Log, head.Seq, Convert.ToHexStringLower(head.Hash), new(head.At), "");
        return unsigned with { Signature = Convert.ToBase64String(key.Sign(unsigned.Signed())) };
    }

    /// <summary>The bytes that are signed.</summary>
    public byte[] Signed() => Encoding.UTF8.GetBytes(FormattableString.Invariant($"hotdash-checkpoint-1\n{Log}\n{Seq}\n{Hash}\n{At.UtcDateTime:O}"));

    public string ToLine() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <returns>Null when the line is none, or was cut short.</returns>
    public static Checkpoint? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Checkpoint>(line, JsonSerializerOptions.Web) is { Hash: not null, Signature: not null } checkpoint ? checkpoint : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
