using System.Buffers;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>A public key of https://www.rfc-editor.org/rfc/rfc8032: whoever signs keeps the other half to itself.</summary>
internal sealed class Ed25519Key : IDisposable
{
    public const int Length = 32;
    public const int SignatureLength = 64;

    private readonly LibCrypto.Key _key;

    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL here.</exception>
    /// <exception cref="ArgumentException">It has not 32 bytes.</exception>
    public Ed25519Key(ReadOnlySpan<byte> key)
    {
        if (!IsSupported)
            throw new PlatformNotSupportedException("OpenSSL's libcrypto cannot be loaded.");

        _key = LibCrypto.NewPublicKey(LibCrypto.Ed25519, 0, key, (nuint)key.Length);
        if (!_key.IsInvalid)
            return;

        LibCrypto.ForgetErrors();
        throw new ArgumentException($"A key has {Length} bytes.", nameof(key));
    }

    public static bool IsSupported => LibCrypto.IsThere;

    /// <summary>Whether this is the key's signature of the content. Never throws, whatever the bytes.</summary>
    public bool Signed(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(prefix.Length + body.Length);
        try
        {
            prefix.CopyTo(buffer);
            body.CopyTo(buffer.AsSpan(prefix.Length));
            return Signed(signature, buffer.AsSpan(0, prefix.Length + body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _key.Dispose();

    private bool Signed(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> content)
    {
        using var context = LibCrypto.NewContext();
        if (!context.IsInvalid
            && LibCrypto.BeginVerify(context, 0, 0, 0, _key) is 1
            && LibCrypto.Verify(context, signature, (nuint)signature.Length, content, (nuint)content.Length) is 1)
            return true;

        LibCrypto.ForgetErrors();
        return false;
    }
}
