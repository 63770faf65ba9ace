using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HotDash.Integrations.Google;

/// <summary>What a service account shows in exchange for a token. https://developers.google.com/identity/protocols/oauth2/service-account</summary>
internal static class GoogleAssertion
{
    /// <summary>As long as Google allows.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public static HttpContent Form(GoogleKeyFile file, string scope, Uri tokenAddress, DateTimeOffset now) =>
        new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
            ["assertion"] = Sign(file, new(file.Email, scope, tokenAddress.AbsoluteUri, now.ToUnixTimeSeconds(), (now + Lifetime).ToUnixTimeSeconds())),
        });

    private static string Sign(GoogleKeyFile file, JwtClaims claims)
    {
        var header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new("RS256", "JWT", file.KeyId), GoogleKeyJson.Default.JwtHeader));
        var body = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, GoogleKeyJson.Default.JwtClaims));
        var signature = file.Key.SignData(Encoding.ASCII.GetBytes($"{header}.{body}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        return $"{header}.{body}.{Base64Url.EncodeToString(signature)}";
    }
}
