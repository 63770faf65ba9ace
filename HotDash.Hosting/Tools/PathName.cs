using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.Tools;

/// <summary>A folder name that stands for a path: readable, and different for different paths.</summary>
internal static class PathName
{
    public static string Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..12];

        return $"{Path.GetFileNameWithoutExtension(full)}-{hash}";
    }
}
