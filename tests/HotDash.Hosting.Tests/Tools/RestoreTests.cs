using System.Runtime.CompilerServices;
using Aspire.Hosting.Tools;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Tools;

/// <summary>npm/restore.mjs with a stand-in for npm, so that nothing is downloaded.</summary>
public sealed class RestoreTests : IDisposable
{
    private const string Arrives = """
        #!/bin/bash
        echo called >> "$NPM_CALLS"
        for package in $(node -p 'Object.keys(require("./package.json").dependencies).join(" ")'); do
          mkdir -p "node_modules/$package/bin" "node_modules/$package/native/lib"
          touch "node_modules/$package/bin/aspire" "node_modules/$package/native/lib/libpq.so.5.18"
          echo '[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]' > "node_modules/$package/native/pg-symlinks.json"
        done
        """;

    private readonly TestFolder _folder = TestFolder.Create();

    public RestoreTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-ins are shell scripts.");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_tools_arrive_with_the_symlinks_that_npm_does_not_make()
    {
        var (exitCode, output) = await RestoreAsync(npm: Arrives);

        Assert.True(exitCode == 0, output);
        var tools = NpmTools.Find(_folder["tools/new"]);
        Assert.True(File.Exists(tools.AspireCli));
        Assert.True(File.Exists(Path.Combine(tools.PostgresFolder, "lib/libpq.so.5")));
        Assert.Equal("18", tools.PostgresMajor);
    }

    [Fact]
    public async Task The_aspire_program_has_a_path_that_no_update_changes()
    {
        await RestoreAsync(npm: Arrives);

        Assert.EndsWith("bin/aspire", new FileInfo(_folder["tools/aspire"]).ResolveLinkTarget(returnFinalTarget: true)?.FullName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_restores_at_once_install_once_and_both_succeed()
    {
        var both = await Task.WhenAll(RestoreAsync(npm: Arrives), RestoreAsync(npm: Arrives));

        Assert.All(both, one => Assert.True(one.ExitCode == 0, one.Output));
        Assert.Single(await File.ReadAllLinesAsync(_folder["calls"], TestContext.Current.CancellationToken));
        Assert.Equal("aspire new", string.Join(' ', new DirectoryInfo(_folder["tools"]).GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task The_lock_of_a_killed_build_does_not_stop_the_next_one()
    {
        Directory.SetLastWriteTimeUtc(Directory.CreateDirectory(_folder["tools/new.lock"]).FullName, DateTime.UtcNow.AddMinutes(-1));

        var (exitCode, output) = await RestoreAsync(npm: Arrives);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Neither_HOME_nor_a_place_for_npms_cache_is_needed()
    {
        var (exitCode, output) = await RestoreAsync(npm: """[ -z "$HOME" ] || exit 9""" + "\n" + Arrives, ("HOME", ""));

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task A_failing_npm_is_quoted_on_one_line_and_leaves_nothing_behind()
    {
        var (exitCode, output) = await RestoreAsync(npm: "echo 'npm error code ENOTFOUND' >&2\necho 'npm error network' >&2\nexit 7");

        Assert.Equal(1, exitCode);
        Assert.Contains("npm ci failed with exit code 7", output, StringComparison.Ordinal);
        Assert.Contains("code ENOTFOUND / network", output, StringComparison.Ordinal);
        Assert.StartsWith("HotDash tools : error HOTDASH001: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["tools"]));
    }

    [Fact]
    public async Task Without_npm_the_message_says_what_to_install()
    {
        var (exitCode, output) = await RestoreAsync(npm: null);

        Assert.Equal(1, exitCode);
        Assert.Contains("npm was not found: install Node.js 20 or newer", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_platform_without_tools_is_named_beside_those_that_have_them()
    {
        await File.WriteAllTextAsync(
            _folder["s390x.cjs"], "Object.defineProperty(process, 'arch', { value: 's390x' });", TestContext.Current.CancellationToken);

        var (exitCode, output) = await RestoreAsync(npm: Arrives, ("NODE_OPTIONS", $"--require \"{_folder["s390x.cjs"]}\""));

        Assert.Equal(1, exitCode);
        Assert.Contains("does not run on linux-s390x", output, StringComparison.Ordinal);
        Assert.Contains("linux-x64", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lock_file_pins_every_package_by_its_hash_and_names_no_registry()
    {
        var text = File.ReadAllText(Path.Combine(Source(), "package-lock.json"));

        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.Equal(6, text.Split("\"integrity\": \"sha512-").Length - 1);
    }

    private async Task<(int ExitCode, string Output)> RestoreAsync(string? npm, params (string, string)[] environment)
    {
        var programs = Directory.CreateDirectory(_folder["programs"]).FullName;
        foreach (var needed in (string[])["node", "bash", "mkdir", "touch"])
        {
            Link(Path.Combine(programs, needed), needed);
        }

        if (npm is not null)
        {
            WriteProgram(Path.Combine(programs, "npm"), npm);
        }

        return await ToolProcess.RunAsync("node", [Path.Combine(Source(), "restore.mjs"), _folder["tools/new"]],
            [("PATH", programs), ("NPM_CALLS", _folder["calls"]), .. environment], TestContext.Current.CancellationToken);
    }

    private static void Link(string path, string program)
    {
        var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);

        if (!File.Exists(path))
        {
            File.CreateSymbolicLink(path, found);
        }
    }

    private static void WriteProgram(string path, string script)
    {
        File.WriteAllText(path, script.StartsWith("#!", StringComparison.Ordinal) ? script : "#!/bin/bash\n" + script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(here, "../../../../HotDash.Hosting/Tools/npm"));
}
