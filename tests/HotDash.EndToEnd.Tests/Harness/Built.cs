namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>The sources that these tests were built from.</summary>
internal static class Built
{
    /// <summary>The AppHost by the name under which the aspire CLI knows it.</summary>
    public static readonly string AppHostProject = Path.Combine(Repository(), "HotDash.AppHost", "HotDash.AppHost.csproj");

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HotDash.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from inside the repository.");

        return folder.FullName;
    }
}
