using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace HotDash.ControlPlane.Store;

/// <summary>One file <c>Migrations/NNNN_name.sql</c>, embedded. Its checksum does not depend on how git wrote the line ends.</summary>
internal sealed partial record Migration(int Number, string Name, string Sql)
{
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>All of this build, in order.</summary>
    public static IReadOnlyList<Migration> Embedded { get; } = Read(typeof(Migration).Assembly);

    private static Migration[] Read(Assembly assembly) =>
        [.. assembly.GetManifestResourceNames()
            .Select(resource => (resource, match: FileName().Match(resource)))
            .Where(file => file.match.Success)
            .Select(file => new Migration(int.Parse(file.match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), file.match.Groups["name"].Value, Text(assembly, file.resource)))
            .OrderBy(migration => migration.Number)];

    private static string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.Migrations\.(?<name>(?<number>[0-9]{4})_[a-z0-9_]+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();
}

/// <summary>The database and this build disagree about the past; the message says what to do.</summary>
public sealed class MigrationException(string message, Exception? inner = null) : Exception(message, inner);
