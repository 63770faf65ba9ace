namespace HotDash.AppHost;

internal static class BuilderExtensions
{
    /// <summary>A secret that is made at the first start and kept, unless <c>Parameters:{name}</c> sets it.</summary>
    public static IResourceBuilder<ParameterResource> AddKeptSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);

    /// <summary>Development or Production, as the AppHost itself. Ten processes that start at once do not collect profiles of hot methods besides.</summary>
    public static IResourceBuilder<ProjectResource> InSameEnvironment(this IResourceBuilder<ProjectResource> project) => project
        .WithEnvironment("DOTNET_ENVIRONMENT", project.ApplicationBuilder.Environment.EnvironmentName)
        .WithEnvironment("DOTNET_TieredPGO", "0");
}
