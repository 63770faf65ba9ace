using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.ControlPlane.Keys;

/// <summary>The secret itself: <c>hd_</c> and 256 random bits. The prefix lets secret scanners find a leaked one.</summary>
internal static class ApiKeyToken
{
    private const int MinLength = 20;
    private const int MaxLength = 200;

    public static string Create() => "hd_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whether it can be a key at all. An administrator may choose the admin key, so the prefix is not required.</summary>
    public static bool IsPlausible(string token) =>
        token.Length is >= MinLength and <= MaxLength && token.All(c => c is > ' ' and <= '~');
}
