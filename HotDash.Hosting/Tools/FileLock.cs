namespace Aspire.Hosting.Tools;

/// <summary>A lock between processes that the operating system gives back when its holder dies, however it dies.</summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or answers null when another holds it.</summary>
    public static FileLock? TryTake(string path)
    {
        try
        {
            // .NET locks a file opened this way (flock on Unix), and its descriptor is not passed on to child processes.
            return new(new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate)));
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            return null;
        }
    }

    public static async Task<FileLock> TakeAsync(string path, CancellationToken ct)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;

            await Task.Delay(Pause, ct);
        }
    }

    public void Dispose() => _file.Dispose();
}
