using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.Google;

/// <summary>The key of a service account, as Google's console hands it out. A class: a record would print the key.</summary>
internal sealed class GoogleKeyFile
{
    private const int MaxBytes = 64 * 1024;
    private const int LeastBits = 2048;

    private GoogleKeyFile(string email, string? keyId, RSA key) => (Email, KeyId, Key) = (email, keyId, key);

    public string Email { get; }

    public string? KeyId { get; }

    public RSA Key { get; }

    /// <summary>Tells account and key from others, without telling them.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Email} {KeyId}")).AsSpan(0, 8));

    /// <returns>Null when there is no such file, or it is anything but the key of a service account.</returns>
    public static GoogleKeyFile? TryRead(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxBytes }
                && JsonSerializer.Deserialize(File.ReadAllBytes(path), GoogleKeyJson.Default.GoogleKey) is { Type: "service_account" } file
                && ReadKey(file.PrivateKey) is { } key
                    ? new(file.ClientEmail, file.PrivateKeyId, key)
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static RSA? ReadKey(string pem)
    {
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(pem);
            _ = key.ExportParameters(includePrivateParameters: true); // a public key alone cannot sign
            if (key.KeySize >= LeastBits)
                return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            // No key: said below.
        }

        key.Dispose();
        return null;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(GoogleKey))]
[JsonSerializable(typeof(GoogleTokenReply))]
[JsonSerializable(typeof(JwtHeader))]
[JsonSerializable(typeof(JwtClaims))]
internal sealed partial class GoogleKeyJson : JsonSerializerContext;

internal sealed class GoogleKey
{
    [JsonRequired] public string Type { get; init; } = "";
    [JsonRequired] public string ClientEmail { get; init; } = "";
    [JsonRequired] public string PrivateKey { get; init; } = "";
    public string? PrivateKeyId { get; init; }
}

internal sealed class GoogleTokenReply
{
    [JsonRequired] public string AccessToken { get; init; } = "";
    [JsonRequired] public int ExpiresIn { get; init; }
}

internal sealed record JwtHeader(string Alg, string Typ, string? Kid);

internal sealed record JwtClaims(string Iss, string Scope, string Aud, long Iat, long Exp);
