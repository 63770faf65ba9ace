namespace HotDash.TestKit.Contracts;

/// <summary>
/// The providers' own descriptions of their APIs. They are test data that cannot be part of this repository: they are looked for beside
/// it and beside the folders that it is in, and tests that need one skip where it is absent.
/// </summary>
public static class OfficialContracts
{
    public const string Absent = "The provider's official contract is not on this machine (../shared/contracts).";

    /// <returns>The file's path; null when it is absent.</returns>
    public static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "contracts", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
