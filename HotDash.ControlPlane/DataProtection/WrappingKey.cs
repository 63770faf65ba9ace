using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace HotDash.ControlPlane.DataProtection;

/// <summary>Wraps the data-protection keys at rest, so that the database alone cannot open what they protect. AES-256-GCM.</summary>
internal sealed class WrappingKey
{
    public const string Variable = "DATA_PROTECTION_KEY";

    private const int MinLength = 16;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;

    public WrappingKey(IConfiguration configuration)
    {
        var secret = configuration[Variable] ?? "";
        if (secret.Length < MinLength)
            throw new InvalidOperationException($"{Variable} is missing or shorter than {MinLength} characters. Set it to one long random text, the same for every HotDash process.");

        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "HotDash data-protection keys"u8.ToArray());
    }

    /// <returns>Nonce, tag and cipher text.</returns>
    public byte[] Wrap(ReadOnlySpan<byte> plain)
    {
        var wrapped = new byte[NonceSize + TagSize + plain.Length];
        var nonce = wrapped.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, plain, wrapped.AsSpan(NonceSize + TagSize), wrapped.AsSpan(NonceSize, TagSize));

        return wrapped;
    }

    /// <exception cref="CryptographicException">It was wrapped with another key, or altered.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < NonceSize + TagSize)
            throw new CryptographicException("A stored data-protection key is cut short.");

        var plain = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        try
        {
            aes.Decrypt(wrapped[..NonceSize], wrapped[(NonceSize + TagSize)..], wrapped.Slice(NonceSize, TagSize), plain);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException($"A stored data-protection key was wrapped with another {Variable}; set the old value again, or run the migrations to make a new key.", e);
        }

        return plain;
    }
}
