using System.Reflection;

namespace Aspire.Hosting.Engine;

/// <summary>Which AppHost this is. The build notes the project's path in its assembly, as the Aspire SDK does.</summary>
internal sealed record AppHostInfo(string ProjectPath, string Directory, string Name)
{
    public static AppHostInfo Of(Assembly? assembly, string? projectDirectory)
    {
        var metadata = assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .ToLookup(a => a.Key, a => a.Value, StringComparer.OrdinalIgnoreCase);
        var directory = Path.GetFullPath(
            projectDirectory ?? metadata?["apphostprojectpath"].FirstOrDefault() ?? AppContext.BaseDirectory);
        var file = metadata?["apphostprojectname"].FirstOrDefault() ?? $"{assembly?.GetName().Name ?? "AppHost"}.csproj";

        return new(Path.Combine(directory, file), directory, Path.GetFileNameWithoutExtension(file));
    }
}
