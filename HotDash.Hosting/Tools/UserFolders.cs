namespace Aspire.Hosting.Tools;

/// <summary>The user's own folders for what can be made again (cache) and what cannot (state), by the XDG rules where they apply.</summary>
internal static class UserFolders
{
    public static string Cache => Choose("XDG_CACHE_HOME", ".cache");

    public static string State => Choose("XDG_STATE_HOME", ".local/state");

    private static string Choose(string variable, string belowHome) =>
        Path.Combine(Choose(Environment.GetEnvironmentVariable(variable), Home(), belowHome), "hotdash");

    /// <remarks>XDG: a path that is not absolute is to be ignored.</remarks>
    internal static string Choose(string? configured, string? home, string belowHome) =>
        Path.IsPathFullyQualified(configured ?? "") ? configured!
        : home is not null ? Path.Combine(home, belowHome)
        : Path.Combine(Temporary(Path.GetTempPath()), belowHome);

    private static string? Home()
    {
        // Without HOME, .NET asks the password database; accounts of services have a folder there that does not exist.
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        return home.Length > 0 && Directory.Exists(home) ? home : null;
    }

    /// <summary>A private folder for who has no home. Anyone may have made it before us, so it must be ours and no link.</summary>
    internal static string Temporary(string root)
    {
        var folder = Path.Combine(root, $"hotdash-{Unix.User}");

        try
        {
            CreatePrivate(folder);
        }
        catch (UnauthorizedAccessException)
        {
            throw Foreign(folder);
        }

        return new DirectoryInfo(folder).LinkTarget is null ? folder : throw Foreign(folder);
    }

    /// <summary>Makes the folder readable for its owner alone, also when it was there before.</summary>
    public static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static DistributedApplicationException Foreign(string folder) =>
        new($"The folder '{folder}' belongs to someone else: set HOME to a folder of your own and start again.");
}
