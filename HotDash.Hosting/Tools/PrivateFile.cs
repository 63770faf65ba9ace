namespace Aspire.Hosting.Tools;

/// <summary>Files that only their owner can read, from their first byte on.</summary>
internal static class PrivateFile
{
    public static void Write(string path, string text)
    {
        File.Delete(path);
        using var file = new FileStream(path, Options(FileMode.CreateNew));
        using var writer = new StreamWriter(file);
        writer.Write(text);
        writer.Flush();
        file.Flush(flushToDisk: true);
    }

    /// <summary>Whoever reads sees the old text or the new one.</summary>
    public static void Replace(string path, string text)
    {
        Write(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>To open a file that nobody else may read, and that nobody else has open.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        return options;
    }
}
