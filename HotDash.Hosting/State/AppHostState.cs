using Aspire.Hosting.Tools;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.State;

/// <summary>
/// What one AppHost keeps between runs: data, generated passwords and keys. One folder (mode 0700) per AppHost path, below
/// $XDG_STATE_HOME or ~/.local/state, or where `HotDash:StateFolder` says. Only one AppHost at a time holds it.
/// </summary>
internal sealed class AppHostState : IDisposable
{
    private const string LockFile = "lock";

    private readonly FileLock _lock;
    private readonly KeptParameters _parameters;

    private AppHostState(string folder, FileLock held)
    {
        Folder = folder;
        _lock = held;
        _parameters = new(Path.Combine(folder, "parameters.json"));
    }

    public string Folder { get; }

    /// <summary>Takes the folder.</summary>
    /// <exception cref="DistributedApplicationException">Another AppHost holds it (the message names its process), or it cannot be used.</exception>
    public static AppHostState Open(string appHostPath, IConfiguration configuration)
    {
        var folder = Path.GetFullPath(configuration["HotDash:StateFolder"] ?? Path.Combine(UserFolders.State, PathName.Of(appHostPath)));

        try
        {
            return Take(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The state folder '{folder}' cannot be used ({e.Message}): choose another with --HotDash:StateFolder=<folder>.", e);
        }
    }

    /// <summary>The kept value of a generated parameter, made and kept by the first call.</summary>
    public string GetOrAddParameter(string name, Func<string> generate) => _parameters.GetOrAdd(name, generate);

    public void Dispose() => _lock.Dispose();

    private static AppHostState Take(string folder)
    {
        RefuseForeign(folder);
        UserFolders.CreatePrivate(folder);

        // The process is named in a file of its own: nobody can read a locked one.
        var runner = Path.Combine(folder, "apphost.pid");
        var held = FileLock.TryTake(Path.Combine(folder, LockFile)) ?? throw new DistributedApplicationException(
            $"An AppHost already runs with the state folder '{folder}' (process {Read(runner)}): stop that one, or give this one its own with --HotDash:StateFolder=<folder>.");

        PrivateFile.Write(runner, $"{Environment.ProcessId}");

        return new(folder, held);
    }

    /// <summary>A folder of something else must not be closed to its other users.</summary>
    private static void RefuseForeign(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, LockFile)))
        {
            throw new DistributedApplicationException(
                $"'{folder}' has something else in it: give --HotDash:StateFolder a folder that is empty or new.");
        }
    }

    private static string Read(string file) => File.Exists(file) ? File.ReadAllText(file) : "unknown";
}
