namespace HotDash.ControlPlane.Webhooks;

/// <summary>A sender of Standard Webhooks. It signs with a secret that it shares with us (v1) or with a key of its own (v1a).</summary>
public sealed class StandardSender
{
    private const string SharedPrefix = "whsec_";
    private const string PublicPrefix = "whpk_";
    private const string PrivatePrefix = "whsk_";
    private const int ShortestSecret = 16;

    /// <summary><c>whsec_</c> and a shared secret, or <c>whpk_</c> and the sender's public key of Ed25519; both in base64.</summary>
    public string? Secret { get; set; }

    /// <summary>The one before, for as long as the sender may still sign with it; of either kind, whatever the new one is.</summary>
    public string? PreviousSecret { get; set; }

    private IEnumerable<(string Name, string? Value)> Configured =>
        string.IsNullOrEmpty(PreviousSecret) ? [(nameof(Secret), Secret)] : [(nameof(Secret), Secret), (nameof(PreviousSecret), PreviousSecret)];

    /// <summary>The name of what cannot be used and why, without its value.</summary>
    internal (string Name, string Why)? Problem(bool ed25519) =>
        Configured.Select(secret => (secret.Name, Why: Problem(secret.Value, ed25519))).FirstOrDefault(found => found.Why is not null) is { Why: { } why, Name: var name } ? (name, why) : null;

    internal StandardWebhooks Source(string name) => new(name,
        new WebhookSecrets(Configured.Select(secret => Decode(secret.Value, SharedPrefix))),
        [.. Configured.Select(secret => Decode(secret.Value, PublicPrefix)).OfType<byte[]>().Select(key => new Ed25519Key(key))]);

    private static string? Problem(string? secret, bool ed25519) => secret switch
    {
        _ when Decode(secret, SharedPrefix) is { Length: >= ShortestSecret } => null,
        _ when Decode(secret, PublicPrefix) is { Length: Ed25519Key.Length } => ed25519 ? null
            : $"is a key of Ed25519, for which OpenSSL's libcrypto (3, or 1.1.1) is needed, and it cannot be loaded: install OpenSSL, or have the sender sign with a shared secret ({SharedPrefix}).",
        not null when secret.StartsWith(PrivatePrefix, StringComparison.Ordinal) =>
            $"is the sender's private key, which nobody else may know: ask for a new pair, and for its public key ({PublicPrefix}) alone.",
        _ => $"must be {SharedPrefix} and base64 of {ShortestSecret} bytes or more, which the sender shares with us, or {PublicPrefix} and base64 of the {Ed25519Key.Length} bytes of its public key.",
    };

    private static byte[]? Decode(string? secret, string prefix)
    {
        if (secret is null || !secret.StartsWith(prefix, StringComparison.Ordinal))
            return null;

        var key = new byte[secret.Length];
        return Convert.TryFromBase64String(secret[prefix.Length..], key, out var length) ? key[..length] : null;
    }
}
