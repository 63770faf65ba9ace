using System.Text.RegularExpressions;

namespace Aspire.Hosting.Engine.Dcp;

/// <summary>
/// DCP fills in Go templates when it starts a process. Values carry a mark where a port goes, so that braces
/// that a person wrote stay what they are.
/// </summary>
internal static partial class DcpTemplate
{
    public static string PortForServing(string service) => $"\u0001{service}\u0002";

    /// <summary>Makes a value safe for DCP, then turns its marks into templates.</summary>
    public static string Render(string value)
    {
        var literal = value.Replace("{{", """{{"{{"}}""", StringComparison.Ordinal);
        return Mark().Replace(literal, m => $$$"""{{- portForServing "{{{m.Groups["service"].Value}}}" -}}""");
    }

    [GeneratedRegex("\u0001(?<service>[^\u0002]+)\u0002", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();
}
