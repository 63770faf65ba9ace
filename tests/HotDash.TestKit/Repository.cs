namespace HotDash.TestKit;

/// <summary>The sources that the tests were built from.</summary>
public static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HotDash.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from inside the repository.");

        return folder.FullName;
    }
}
