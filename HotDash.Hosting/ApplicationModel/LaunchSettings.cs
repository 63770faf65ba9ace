using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A project's Properties/launchSettings.json.</summary>
internal sealed class LaunchSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public Dictionary<string, LaunchProfile> Profiles { get; init; } = [];

    public static LaunchSettings? Read(string projectPath)
    {
        var file = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(file), Json) : null;
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"'{file}' is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>The named profile; without a name the AppHost's own, else the first that runs the project.</summary>
    public KeyValuePair<string, LaunchProfile>? Choose(string projectPath, string? name, string? appHostProfile)
    {
        if (name is not null)
        {
            return Profiles.TryGetValue(name, out var wanted)
                ? new(name, wanted)
                : throw new DistributedApplicationException($"'{projectPath}' has no launch profile '{name}'.");
        }

        var own = Profiles.Where(p => p.Value.CommandName == "Project").ToList();
        return own.Where(p => p.Key == appHostProfile).Concat(own).Cast<KeyValuePair<string, LaunchProfile>?>().FirstOrDefault();
    }
}

internal sealed class LaunchProfile
{
    public string? CommandName { get; init; }

    public string? ApplicationUrl { get; init; }

    public string? LaunchUrl { get; init; }

    public Dictionary<string, string> EnvironmentVariables { get; init; } = [];
}

internal sealed record LaunchProfileAnnotation(string Name, LaunchProfile Profile) : IResourceAnnotation;
