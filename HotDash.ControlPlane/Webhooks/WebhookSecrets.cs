using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What a sender signs with, and what it signed with before: for as long as both are set, none of its events is refused.</summary>
internal sealed class WebhookSecrets(params IEnumerable<byte[]?> configured)
{
    private readonly byte[][] _configured = [.. configured.OfType<byte[]>()];
    private volatile byte[][] _learned = [];

    private const string Previous = "_PREVIOUS";

    /// <param name="variable">The secret's; the one before is in the variable of this name with <c>_PREVIOUS</c>.</param>
    /// <returns>Null when there is none.</returns>
    public static WebhookSecrets? Of(IConfiguration configuration, string variable) => Bytes(configuration[variable]) is { } current
        ? new(current, Bytes(configuration[variable + Previous]))
        : null;

    /// <summary>What the sender made up itself, besides what is configured.</summary>
    public void Learn(IReadOnlyList<byte[]> secrets) => _learned = [.. secrets];

    /// <summary>Whether this is the HMAC-SHA256 of the content. How long it takes tells nothing of the secrets.</summary>
    public bool Signed(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        var signed = false;
        foreach (var secret in _configured)
            signed |= Matches(secret, signature, prefix, body);
        foreach (var secret in _learned)
            signed |= Matches(secret, signature, prefix, body);

        return signed;
    }

    private static bool Matches(byte[] secret, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(prefix);
        hmac.AppendData(body);
        hmac.GetHashAndReset(expected);

        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    private static byte[]? Bytes(string? text) => string.IsNullOrEmpty(text) ? null : Encoding.UTF8.GetBytes(text);
}
