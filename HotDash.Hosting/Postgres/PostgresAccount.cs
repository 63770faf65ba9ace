using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Postgres;

/// <summary>
/// The account that PostgreSQL runs under. It refuses to run as root; so where we are root (containers, CI) it is started in a user
/// namespace in which we are somebody else, or, where namespaces are forbidden, as `nobody` with programs and data that nobody can reach.
/// </summary>
internal sealed class PostgresAccount
{
    private const uint Nobody = 65534;

    private static readonly string[] Namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"];
    private static readonly string[] Stepped = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--"];

    private readonly string[] _prefix;

    private PostgresAccount(string[] prefix, string programs)
    {
        _prefix = prefix;
        Programs = programs;
    }

    /// <summary>The folder of PostgreSQL's bin, lib and share that this account can read.</summary>
    public string Programs { get; }

    /// <summary>Whether the files are another account's than ours, so that they cannot lie in our private folders.</summary>
    public bool IsForeign => _prefix == Stepped;

    /// <summary>Where the data of such a foreign account goes.</summary>
    public static string ForeignRoot => "/var/lib/hotdash";

    public static async Task<PostgresAccount> ChooseAsync(NpmTools tools, CancellationToken ct)
    {
        if (!Unix.IsRoot)
            return new([], tools.PostgresFolder);

        var (exitCode, _) = await ToolProcess.RunAsync(Namespace[0], [.. Namespace[1..], "true"], [], ct);

        return exitCode == 0 ? new(Namespace, tools.PostgresFolder) : await NobodyAsync(tools, ForeignRoot, ct);
    }

    internal static async Task<PostgresAccount> NobodyAsync(NpmTools tools, string root, CancellationToken ct)
    {
        var copy = Path.Combine(root, $"postgres-{tools.PostgresVersion}");

        if (!Directory.Exists(copy))
            await CopyAsync(tools.PostgresFolder, copy, ct);

        var account = new PostgresAccount(Stepped, copy);
        var (command, args) = account.Command("postgres", ["--version"]);
        var (exitCode, output) = await ToolProcess.RunAsync(command, args, [], ct);

        return exitCode == 0 ? account : throw new DistributedApplicationException(
            $"PostgreSQL does not run as root, and neither unshare nor setpriv could start it as somebody else ({output}): start HotDash as an ordinary user.");
    }

    /// <summary>The command that runs one of PostgreSQL's programs under this account.</summary>
    /// <param name="program">`postgres` or `initdb`.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="diesWithParent">Linux: the server shuts down when the thread that started it ends.</param>
    public (string Command, IReadOnlyList<string> Args) Command(string program, IEnumerable<string> args, bool diesWithParent = false)
    {
        // Last in the row, because the kernel forgets the wish when a process changes its user.
        string[] guard = diesWithParent && OperatingSystem.IsLinux() ? ["setpriv", "--pdeathsig", "QUIT", "--"] : [];
        var path = Path.Combine(Programs, "bin", OperatingSystem.IsWindows() ? program + ".exe" : program);
        string[] all = [.. _prefix, .. guard, path, .. args];

        return (all[0], all[1..]);
    }

    /// <summary>Makes a file or folder of ours the account's own.</summary>
    public void Own(string path)
    {
        if (IsForeign && Unix.ChangeOwner(path, Nobody, Nobody) != 0)
            throw new DistributedApplicationException($"'{path}' could not be given to the account of PostgreSQL: start HotDash as an ordinary user.");
    }

    private static async Task CopyAsync(string from, string to, CancellationToken ct)
    {
        var fresh = $"{to}.{Environment.ProcessId}";
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);

        var (exitCode, output) = await ToolProcess.RunAsync("cp", ["-a", "--no-target-directory", from, fresh], [], ct);
        if (exitCode != 0)
            throw new DistributedApplicationException($"PostgreSQL's programs could not be copied to '{to}', where its account can read them: {output}");

        Directory.Move(fresh, to);
    }
}
