using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.ControlPlane.Approvals;

/// <summary>What a decision names: a byte more or less anywhere is another hash.</summary>
internal static class ActionHash
{
    /// <returns>SHA-256 in hex, over the kind, account, target, target version and bytes, each after its length.</returns>
    public static string Of(string kind, string account, string target, string? version, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, kind);
        Add(hash, account);
        Add(hash, target);
        Add(hash, version);
        AddLength(hash, bytes.Length);
        hash.AppendData(bytes);

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        AddLength(hash, text is null ? -1 : bytes.Length);
        hash.AppendData(bytes);
    }

    private static void AddLength(IncrementalHash hash, long length)
    {
        Span<byte> prefix = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(prefix, length);
        hash.AppendData(prefix);
    }
}
