using System.Buffers;
using System.Text;

namespace HotDash.ControlPlane.Flags;

/// <summary>
/// Where a user stands for a flag: always at the same place, at another for each flag. Whole percentages agree with the scheme
/// <c>murmur3(salt:user) % 100</c>; the three decimals come from the rest of the hash.
/// </summary>
internal static class Buckets
{
    private const int OnStack = 512;

    /// <param name="prefix">The flag's salt and a colon, in UTF-8.</param>
    /// <param name="user">Any text.</param>
    /// <returns>0 to 99,999: thousandths of a percent. The flag is on for those below its percentage.</returns>
    public static int Of(ReadOnlySpan<byte> prefix, string user)
    {
        var most = prefix.Length + Encoding.UTF8.GetMaxByteCount(user.Length);
        if (most > OnStack)
            return OfLong(prefix, user, most);

        Span<byte> text = stackalloc byte[OnStack];
        return Of(prefix, user, text);
    }

    internal static int Of(string salt, string user) => Of(Prefix(salt), user);

    internal static byte[] Prefix(string salt) => Encoding.UTF8.GetBytes($"{salt}:");

    private static int OfLong(ReadOnlySpan<byte> prefix, string user, int most)
    {
        var rented = ArrayPool<byte>.Shared.Rent(most);
        var bucket = Of(prefix, user, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return bucket;
    }

    private static int Of(ReadOnlySpan<byte> prefix, string user, Span<byte> text)
    {
        prefix.CopyTo(text);
        var length = prefix.Length + Encoding.UTF8.GetBytes(user, text[prefix.Length..]);
        var hash = MurmurHash3.Hash(text[..length]);

        return (int)((hash % 100 * 1000) + (hash / 100 % 1000));
    }
}
