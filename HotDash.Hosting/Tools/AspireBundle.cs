namespace Aspire.Hosting.Tools;

/// <summary>
/// DCP and the Aspire dashboard, unpacked from the `aspire` program once per version and user (about 300 MB on disk).
/// </summary>
internal sealed class AspireBundle
{
    private readonly string _folder;
    private readonly NpmTools _tools;

    private AspireBundle(NpmTools tools, string cache)
    {
        _tools = tools;
        _folder = Path.Combine(cache, "aspire", tools.AspireVersion);
    }

    public string CliPath => _tools.AspireCli;

    /// <summary>The value of ASPIRE_HOME with which the `aspire` program finds the bundle, rather than to unpack another.</summary>
    public string Home => _folder;

    public string DcpPath => Unpacked("dcp", "dcp");

    /// <summary>The dashboard's program; its first argument is `dashboard`.</summary>
    public string DashboardPath => Unpacked("managed", "aspire-managed");

    private string Marker => Path.Combine(_folder, "complete");

    /// <exception cref="DistributedApplicationException">It could not be unpacked; the message says what the `aspire` program said.</exception>
    public static Task<AspireBundle> EnsureAsync(CancellationToken ct) => EnsureAsync(NpmTools.Installed, UserFolders.Cache, ct);

    internal static async Task<AspireBundle> EnsureAsync(NpmTools tools, string cache, CancellationToken ct)
    {
        var bundle = new AspireBundle(tools, cache);

        if (!File.Exists(bundle.Marker))
            await bundle.UnpackOnceAsync(ct);

        return bundle;
    }

    private async Task UnpackOnceAsync(CancellationToken ct)
    {
        try
        {
            UserFolders.CreatePrivate(_folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The Aspire tools cannot be unpacked into '{_folder}' ({e.Message}): set XDG_CACHE_HOME to a folder of your own.", e);
        }

        using var only = await FileLock.TakeAsync(Path.Combine(_folder, "lock"), ct);

        if (!File.Exists(Marker))
            await UnpackAsync(ct);
    }

    private async Task UnpackAsync(CancellationToken ct)
    {
        // HOME too, since the program keeps notes there; what it keeps belongs with the rest of it.
        (string, string)[] environment = [("ASPIRE_HOME", _folder), ("HOME", _folder), ("ASPIRE_CLI_TELEMETRY_OPTOUT", "true")];

        var (exitCode, output) = await ToolProcess.RunAsync(
            CliPath, ["setup", "--install-path", _folder, "--force", "--non-interactive", "--nologo"], environment, ct);

        if (exitCode != 0 || !File.Exists(DcpPath) || !File.Exists(DashboardPath))
        {
            throw new DistributedApplicationException(
                $"The Aspire tools could not be unpacked into '{_folder}' (about 300 MB): {output.ReplaceLineEndings(" ")} (exit code {exitCode})");
        }

        await File.WriteAllTextAsync(Marker, _tools.AspireVersion, ct);
    }

    private string Unpacked(string folder, string program) =>
        Path.Combine(_folder, "bundle", folder, OperatingSystem.IsWindows() ? program + ".exe" : program);
}
