using Aspire.Hosting.Tools;

namespace HotDash.TestKit;

/// <summary>
/// A temporary folder that is removed at the end, or by the next run when this one was killed. Its path has a space, as the paths of some
/// people have, and is short, because sockets' paths must be.
/// </summary>
public sealed class TestFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    private readonly FileLock _inUse;

    private TestFolder(string path, FileLock inUse) => (Path, _inUse) = (path, inUse);

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public static TestFolder Create() => CreateIn(System.IO.Path.GetTempPath());

    /// <summary>For many files that need not outlive the machine: in memory where the machine offers that.</summary>
    public static TestFolder CreateInMemory() => CreateIn(Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath());

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        File.Delete(Path + ".lock");
        _inUse.Dispose();
    }

    private static TestFolder CreateIn(string parent)
    {
        var root = System.IO.Path.Combine(parent, $"hotdash tests {Unix.User}");
        UserFolders.CreatePrivate(root);
        using var sweeping = FileLock.TryTake(System.IO.Path.Combine(root, "lock"));
        if (sweeping is not null)
        {
            Sweep(root);
        }

        var path = System.IO.Path.Combine(root, System.IO.Path.GetRandomFileName());
        var inUse = FileLock.TryTake(path + ".lock")!;
        Directory.CreateDirectory(path);

        return new(path, inUse);
    }

    /// <summary>Removes what killed runs left: their locks are free.</summary>
    private static void Sweep(string root)
    {
        foreach (var path in Directory.EnumerateDirectories(root))
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
