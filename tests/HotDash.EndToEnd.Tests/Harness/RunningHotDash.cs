using System.Text.RegularExpressions;
using Aspire.Hosting.Tools;
using HotDash.TestKit;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>
/// The built AppHost as a user starts it, with a home, a state folder and ports of its own; then everything it runs. All that a
/// test learns about it, it learns from the outside: from the aspire CLI and through the proxy.
/// </summary>
internal sealed class RunningHotDash : IAsyncDisposable
{
    public static readonly TimeSpan StopsWithin = TimeSpan.FromMinutes(1);

    private const string AdminKey = "Parameters__admin-api-key";

    private readonly TestFolder _home;
    private readonly Dictionary<string, string> _environment;
    private ChildProcess _appHost;

    private RunningHotDash(TestFolder home, Dictionary<string, string> environment)
    {
        (_home, _environment) = (home, environment);
        Cli = new AspireCli(home.Path);
        _appHost = Launch();
    }

    /// <summary>The environment variable that marks every process of this run.</summary>
    public string Run => _environment[Relatives.Variable];

    public AspireCli Cli { get; }

    public int ProcessId => _appHost.Id;

    public string Said => _appHost.Said;

    /// <summary>Where the dashboard is, with the token that opens it.</summary>
    public string LoginLink => Regex.Match(Said, @"https?://\S+/login\?t=\w+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    public HotDashClient Client { get; private set; } = null!;

    /// <param name="settings">Configuration of the AppHost, by environment variable.</param>
    public static async Task<RunningHotDash> StartAsync(params IEnumerable<(string Name, string Value)> settings)
    {
        var home = TestFolder.Create();
        var running = new RunningHotDash(home, Environment(home, settings));
        await running.ReadyAsync();

        return running;
    }

    public async Task<IReadOnlyList<RunningResource>> DescribeAsync() => RunningResource.Parse(await Cli.RunAsync("describe", "--format", "json"));

    /// <summary>The instances of one resource, by name.</summary>
    public async Task<IReadOnlyList<RunningResource>> FindAsync(string displayName) =>
        [.. (await DescribeAsync()).Where(resource => resource.DisplayName == displayName).OrderBy(resource => resource.Name, StringComparer.Ordinal)];

    public async Task<int> ProcessOfAsync(string displayName, int index = 0) => (await FindAsync(displayName))[index].ProcessId!.Value;

    /// <summary>Another AppHost with the same home and state.</summary>
    public ChildProcess LaunchSecond() => Launch();

    /// <summary>As if the power went: no handler of the AppHost runs.</summary>
    public Task KillAsync() => _appHost.KillAsync();

    public Task NothingIsLeftAsync() => Eventually.TrueAsync(
        "every process of the run to be gone", _ => Task.FromResult(Relatives.Of(Run) is []));

    public async Task StartAgainAsync()
    {
        await _appHost.DisposeAsync();
        _appHost = Launch();
        await ReadyAsync();
    }

    public async Task<int> StopAsync()
    {
        await Signals.AskToEndAsync(_appHost.Id);

        return await _appHost.ExitAsync(StopsWithin);
    }

    public async Task ReadyAsync()
    {
        await _appHost.SaysAsync("Login to the dashboard at");
        await Eventually.TrueAsync("all resources to be healthy", async _ => (await DescribeAsync()).All(resource => resource.IsReady));

        var proxy = (await FindAsync("proxy")).Single();
        Client ??= new HotDashClient(proxy.Urls["http"], _environment[AdminKey]);
    }

    /// <summary>A command of <c>hotdash</c>, through the proxy.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> OperateAsync(params string[] args)
    {
        var (exitCode, output) = await ToolProcess.RunAsync(
            "dotnet", [BuiltProgram.PathOf("HotDash.Cli"), .. args],
            [("HOTDASH_URL", $"{Client.Http.BaseAddress}"), ("HOTDASH_KEY", _environment[AdminKey])], TestContext.Current.CancellationToken);

        return exitCode == 0 ? output : throw new InvalidOperationException($"hotdash {string.Join(' ', args)} ended with {exitCode}: {output}");
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (Relatives.Of(Run) is not [])
        {
            await StopAsync();
            await NothingIsLeftAsync();
        }

        await _appHost.DisposeAsync();
        _home.Dispose();
    }

    private static Dictionary<string, string> Environment(TestFolder home, IEnumerable<(string Name, string Value)> settings)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Relatives.Variable] = Guid.NewGuid().ToString("N"),
            ["HOME"] = home.Path,
            // The tools were unpacked once for this user, not once for each test.
            ["XDG_CACHE_HOME"] = Path.GetDirectoryName(UserFolders.Cache)!,
            ["HotDash__StateFolder"] = Path.Combine(home.Path, "state"),
            ["Proxy__Port"] = "0",
            ["DOTNET_ENVIRONMENT"] = "Development", // as the launch settings of `dotnet run` have it
            [AdminKey] = ApiKey.Create(),
        };
        foreach (var (name, value) in settings)
            environment[name] = value;

        return environment;
    }

    private ChildProcess Launch() => ChildProcess.Start("HotDash.AppHost", [], _environment);
}
