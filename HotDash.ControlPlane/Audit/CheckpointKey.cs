using System.Security.Cryptography;
using System.Text;

namespace HotDash.ControlPlane.Audit;

/// <summary>Signs checkpoints, and tells whether one was signed with the same secret: ECDSA over P-256.</summary>
internal sealed class CheckpointKey : IDisposable
{
    private readonly ECDsa _key;

    /// <param name="secret">A long random text; the private key follows from it.</param>
    public CheckpointKey(string secret)
    {
        // The one number in 2^32 that is no private key of the curve would be refused at start.
        var number = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "HotDash audit checkpoints"u8.ToArray());
        _key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = number });
    }

    private CheckpointKey(ECDsa key) => _key = key;

    /// <summary>With which others can verify, but not sign: SubjectPublicKeyInfo in base64.</summary>
    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    /// <returns>A key that only verifies; null when the text is none.</returns>
    public static CheckpointKey? TryReadPublic(string text)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return new(key);
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    public byte[] Sign(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256);

    public bool HasSigned(Checkpoint checkpoint)
    {
        var signature = new byte[checkpoint.Signature.Length];
        return Convert.TryFromBase64String(checkpoint.Signature, signature, out var length)
            && _key.VerifyData(checkpoint.Signed(), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    public void Dispose() => _key.Dispose();
}
