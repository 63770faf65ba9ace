using System.Buffers.Binary;

namespace HotDash.Integrations.Chatwoot;

internal static class Marks
{
    private const int BitsBehindTime = 16;

    /// <returns>When a UUIDv7 was made; the beginning of time for any other.</returns>
    public static DateTimeOffset TimeOf(Guid mark)
    {
        Span<byte> bytes = stackalloc byte[16];
        mark.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >>> BitsBehindTime;

        return mark.Version is 7 && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.UnixEpoch;
    }
}
