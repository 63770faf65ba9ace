namespace HotDash.AppHost;

internal static class BuilderExtensions
{
    /// <summary>A secret that is made at the first start and kept, unless <c>Parameters:{name}</c> sets it.</summary>
    public static IResourceBuilder<ParameterResource> AddKeptSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);

    /// <summary>Where signed checkpoints of the audit go, outside the database, and what they are signed with.</summary>
    public static IResourceBuilder<ProjectResource> WithAudit(this IResourceBuilder<ProjectResource> project, IResourceBuilder<ParameterResource> key)
    {
        var settings = project.ApplicationBuilder.Configuration;
        var state = settings["HotDash:StateFolder"] ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "hotdash");

        return project
            .WithEnvironment("AUDIT_KEY", key)
            .WithEnvironment("AUDIT_FOLDER", Path.GetFullPath(settings["Audit:Folder"] ?? Path.Combine(state, "audit")));
    }

    /// <summary>Development or Production, as the AppHost itself. Ten processes that start at once do not collect profiles of hot methods besides.</summary>
    public static IResourceBuilder<ProjectResource> InSameEnvironment(this IResourceBuilder<ProjectResource> project) => project
        .WithEnvironment("DOTNET_ENVIRONMENT", project.ApplicationBuilder.Environment.EnvironmentName)
        .WithEnvironment("DOTNET_TieredPGO", "0");
}
