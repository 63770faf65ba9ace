using System.Security.Cryptography;
using System.Text;

namespace HotDash.ControlPlane.Social;

/// <summary>
/// What makes two posts look the same to whoever looks them up: account and text. The time is left out on purpose, since
/// a provider may round it.
/// </summary>
internal static class PostIdentity
{
    public static byte[] Of(string accountId, string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{accountId.Length}:{accountId}{Normalise(text)}"));

    /// <summary>Providers trim texts and change line ends.</summary>
    public static string Normalise(string text) => text.ReplaceLineEndings("\n").Trim();
}
