using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.Integrations.AlertWebhook;

/// <summary>
/// Signs messages as https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md says. A class: a record would
/// print the secret.
/// </summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <returns>Null when it is none.</returns>
    public static WebhookSecret? TryParse(string text)
    {
        var bytes = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), bytes, out var length)
            && length is >= MinBytes and <= MaxBytes
                ? new(bytes[..length])
                : null;
    }

    /// <returns>The header <c>webhook-signature</c>.</returns>
    public string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")));
        hash.AppendData(body);

        return $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}";
    }
}
