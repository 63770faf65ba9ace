using System.Reflection;
using System.Text.Json;
namespace Aspire.Hosting.Tools;

/// <summary>What the build fetched from npm (Tools.targets, npm/restore.mjs), and where.</summary>
internal sealed class NpmTools
{
    private NpmTools(string folder, Dictionary<string, Tool> tools)
    {
        AspireVersion = tools["aspire"].Version;
        AspireCli = Path.Combine(folder, tools["aspire"].Path);
        PostgresVersion = tools["postgres"].Version;
        PostgresFolder = Path.Combine(folder, tools["postgres"].Path);
    }

    public static NpmTools Installed => Find(BuiltInto);

    /// <summary>The `aspire` program; DCP and the dashboard are packed in it.</summary>
    public string AspireCli { get; }

    public string AspireVersion { get; }

    public string PostgresVersion { get; }

    /// <summary>PostgreSQL's major version, as data folders name it.</summary>
    public string PostgresMajor => PostgresVersion.Split('.')[0];

    /// <summary>PostgreSQL's bin, lib and share.</summary>
    public string PostgresFolder { get; }

    internal static NpmTools Find(string folder)
    {
        var list = Path.Combine(folder, "tools.json");

        return File.Exists(list)
            ? new(folder, JsonSerializer.Deserialize<Dictionary<string, Tool>>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
            : throw new DistributedApplicationException(
                $"HotDash's tools are not in '{folder}': build HotDash.Hosting again (dotnet build HotDash.Hosting), it installs them from npm.");
    }

    private static string BuiltInto => typeof(NpmTools).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "HotDashToolsFolder").Value!;

    private sealed record Tool(string Version, string Path);
}
