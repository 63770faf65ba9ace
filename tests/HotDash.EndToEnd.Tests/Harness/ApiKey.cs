using System.Buffers.Text;
using System.Security.Cryptography;

namespace HotDash.EndToEnd.Tests.Harness;

internal static class ApiKey
{
    public static string Create() => "hd_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
