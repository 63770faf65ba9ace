using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Postgres;

/// <summary>One data folder of an embedded PostgreSQL, and the command that serves it.</summary>
internal sealed class PostgresData
{
    private readonly PostgresAccount _account;
    private readonly string _major;

    private PostgresData(string folder, PostgresAccount account, string major) => (Folder, _account, _major) = (folder, account, major);

    public string Folder { get; }

    /// <summary>Opens the folder, which need not exist yet.</summary>
    /// <param name="folder">An absolute path. An account other than ours keeps its data elsewhere, under a name made from this one.</param>
    /// <param name="tools">Where PostgreSQL is.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<PostgresData> OpenAsync(string folder, NpmTools tools, CancellationToken ct)
    {
        var account = await PostgresAccount.ChooseAsync(tools, ct);

        return Open(folder, account, tools, PostgresAccount.ForeignRoot);
    }

    internal static PostgresData Open(string folder, PostgresAccount account, NpmTools tools, string foreignRoot) =>
        new(account.IsForeign ? Path.Combine(foreignRoot, PathName.Of(folder)) : folder, account, tools.PostgresMajor);

    /// <summary>Makes the folder ready to be served: no old server in it, and a database cluster in it.</summary>
    /// <exception cref="DistributedApplicationException">It is not ours to use; the message says what to do.</exception>
    public async Task PrepareAsync(string userName, string password, CancellationToken ct)
    {
        await OldServer.EndAsync(Folder, ct);

        var version = Path.Combine(Folder, "PG_VERSION");

        if (!File.Exists(version))
        {
            await CreateAsync(userName, password, ct);
        }
        else if ((await File.ReadAllTextAsync(version, ct)).Trim() is var found && found != _major)
        {
            throw new DistributedApplicationException(
                $"The data in '{Folder}' was made by PostgreSQL {found}, and this HotDash brings {_major}: move that folder away to start empty, or dump it with PostgreSQL {found} first.");
        }
    }

    /// <summary>`postgres` itself, so that whoever starts it holds the server's own process.</summary>
    /// <param name="port">The port on 127.0.0.1, or what stands for it until it is known.</param>
    /// <param name="settings">More settings, as `name=value`.</param>
    /// <param name="diesWithParent">See <see cref="PostgresAccount.Command"/>.</param>
    public ProcessLaunch Serve(string port, IEnumerable<string>? settings = null, bool diesWithParent = false)
    {
        // No Unix sockets: their paths are limited to about a hundred characters, and nothing here needs them.
        string[] all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", .. settings ?? []];
        var (command, args) = _account.Command("postgres", ["-D", Folder, "-p", port, .. all.SelectMany(one => (string[])["-c", one])], diesWithParent);

        return new(command, args, Folder, new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" });
    }

    /// <summary>Built beside and renamed, so that a cluster is whole or not there.</summary>
    private async Task CreateAsync(string userName, string password, CancellationToken ct)
    {
        var fresh = Folder + ".new";
        var passwordFile = Folder + ".password";
        Clear(fresh);
        UserFolders.CreatePrivate(fresh);
        _account.Own(fresh);

        try
        {
            PrivateFile.Write(passwordFile, password);
            _account.Own(passwordFile);
            await InitializeAsync(fresh, userName, passwordFile, ct);
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Clear(Folder);
        Directory.Move(fresh, Folder);
    }

    private async Task InitializeAsync(string folder, string userName, string passwordFile, CancellationToken ct)
    {
        var (command, args) = _account.Command("initdb",
        [
            "-D", folder, "--username", userName, "--pwfile", passwordFile, "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C", "--no-instructions",
        ]);

        var (exitCode, output) = await ToolProcess.RunAsync(command, args, [("LC_ALL", "C")], ct);

        if (exitCode != 0)
            throw new DistributedApplicationException($"PostgreSQL's data folder '{Folder}' could not be made: {output.ReplaceLineEndings(" ")}");
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
