using System.Text;
using Microsoft.Net.Http.Headers;

namespace HotDash.Proxy.Headers;

/// <summary>
/// Reads a <c>Content-Length</c> as RFC 9110, 8.6 has it: digits alone. Kestrel takes a sign, too, where a server in front may have seen no
/// length; and it shows the header to nobody but who decodes it.
/// </summary>
internal sealed class LengthInDigits : Encoding
{
    private const int MostDigits = 19;

    private static readonly LengthInDigits Instance = new();

    /// <summary>For Kestrel: null is its own way to decode.</summary>
    public static Encoding? Of(string header) => header.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetCharCount(byte[] bytes, int index, int count) => IsLength(bytes.AsSpan(index, count)) ? count : 1;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        if (IsLength(bytes.AsSpan(byteIndex, byteCount)))
            return Latin1.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

        chars[charIndex] = '?';
        return 1;
    }

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Latin1.GetMaxByteCount(charCount);

    public override int GetMaxCharCount(int byteCount) => Math.Max(1, byteCount);

    private static bool IsLength(ReadOnlySpan<byte> text) => text.Length is > 0 and <= MostDigits && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
