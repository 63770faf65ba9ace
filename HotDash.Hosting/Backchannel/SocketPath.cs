using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.Backchannel;

/// <summary>Where the <c>aspire</c> CLI looks for running app hosts.</summary>
internal static class SocketPath
{
    // sockaddr_un holds 108 bytes on Linux and 104 on macOS, with a zero at the end.
    private static readonly int MaxLength = OperatingSystem.IsMacOS() ? 103 : 107;

    /// <returns>Null when the user has no home folder or its path is too long for a socket.</returns>
    public static string? For(string appHostPath, string home)
    {
        var random = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(6));
        var path = Path.Combine(home, ".aspire", "cli", "bch", $"{IdOf(appHostPath)}{random}.{Environment.ProcessId}");

        return home is "" || Encoding.UTF8.GetByteCount(path) > MaxLength ? null : path;
    }

    /// <summary>By this id <c>aspire --apphost path</c> finds the app host of that path.</summary>
    public static string IdOf(string appHostPath)
    {
        Span<byte> hash = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(hash, XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(WithoutLinks(appHostPath))));

        return Base64Url.EncodeToString(hash);
    }

    private static string WithoutLinks(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;

        var itself = Path.Combine(WithoutLinks(parent), Path.GetFileName(path));
        var target = Path.Exists(itself) ? new FileInfo(itself).ResolveLinkTarget(returnFinalTarget: false)?.FullName : null;

        return target is null ? itself : WithoutLinks(target);
    }
}
