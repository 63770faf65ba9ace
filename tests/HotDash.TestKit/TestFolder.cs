using Aspire.Hosting.Tools;

namespace HotDash.TestKit;

/// <summary>
/// A temporary folder that is removed at the end, or by the next run when this one was killed. Its path has a space, as the paths of some
/// people have, and is short, because sockets' paths must be.
/// </summary>
public sealed class TestFolder : IDisposable
{
    private static readonly string Root = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"hotdash tests {Unix.User}");

    private readonly FileLock _inUse;

    private TestFolder(string path, FileLock inUse) => (Path, _inUse) = (path, inUse);

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public static TestFolder Create()
    {
        UserFolders.CreatePrivate(Root);
        using var sweeping = FileLock.TryTake(System.IO.Path.Combine(Root, "lock"));
        if (sweeping is not null)
        {
            Sweep();
        }

        var path = System.IO.Path.Combine(Root, System.IO.Path.GetRandomFileName());
        var inUse = FileLock.TryTake(path + ".lock")!;
        Directory.CreateDirectory(path);

        return new(path, inUse);
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        File.Delete(Path + ".lock");
        _inUse.Dispose();
    }

    /// <summary>Removes what killed runs left: their locks are free.</summary>
    private static void Sweep()
    {
        foreach (var path in Directory.EnumerateDirectories(Root))
        {
            using var left = FileLock.TryTake(path + ".lock");
            if (left is null)
            {
                continue;
            }

            // Its owner may have removed it since it was listed: then the lock is free, too.
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }

            File.Delete(path + ".lock");
        }
    }
}
