using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.ControlPlane.Audit;

/// <summary>
/// What the chain is made of: SHA-256 over the hash before, the numbers, and the texts, each with its length in front, so that no two
/// entries give the same bytes. Described in docs/audit.md; a change needs a new <see cref="Version"/>.
/// </summary>
internal static class AuditHash
{
    public const string Version = "hotdash-audit-1";

    /// <summary>What stands before the first entry of a log.</summary>
    public static byte[] Origin(Guid log) => SHA256.HashData(log.ToByteArray(bigEndian: true));

    public static byte[] Of(byte[] before, long seq, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Version);
        hash.AppendData(before);
        Append(hash, seq);
        Append(hash, entry.Id);
        Append(hash, (entry.At.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);
        foreach (var text in (ReadOnlySpan<string?>)
            [entry.Kind, entry.ObjectId, entry.Action, entry.Actor, entry.Reason, entry.Before, entry.After, entry.TraceId])
            Append(hash, text);

        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    /// <summary>Nothing has the length -1: it is not the empty text.</summary>
    private static void Append(IncrementalHash hash, string? text)
    {
        Append(hash, text is null ? -1L : Encoding.UTF8.GetByteCount(text));
        if (text is not null)
            hash.AppendData(Encoding.UTF8.GetBytes(text));
    }
}
