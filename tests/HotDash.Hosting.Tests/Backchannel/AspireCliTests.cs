using System.Text.Json.Nodes;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Tools;
using HotDash.Hosting.Tests.Dashboard;
using HotDash.TestKit;

namespace HotDash.Hosting.Tests.Backchannel;

/// <summary>The real CLI, which must find the app host and understand every answer.</summary>
public sealed class AspireCliTests : IAsyncLifetime
{
    private readonly TestFolder _home = TestFolder.Create();
    private AspireBundle _bundle = null!;
    private FakeAppHost _appHost = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Project => _home["HotDash.AppHost.csproj"];

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Project, "<Project />", Ct);
        _bundle = await AspireBundle.EnsureAsync(Ct);
        _appHost = new(Project);
        _appHost.Get<BackchannelServer>().Home = _home.Path;
        await _appHost.Get<BackchannelServer>().StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _appHost.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Ps_lists_the_app_host()
    {
        var (exitCode, output) = await AspireAsync("ps", "--format", "json");

        var appHost = JsonNode.Parse(output)!.AsArray().Single()!;
        Assert.Equal((0, Project, Environment.ProcessId), (exitCode, (string?)appHost["appHostPath"], (int)appHost["appHostPid"]!));
    }

    [Fact]
    public async Task Describe_shows_every_instance_and_no_secret()
    {
        var (exitCode, output) = await AspireAsync("describe", "--format", "json", "--apphost", Project);

        var resources = JsonNode.Parse(output)!["resources"]!.AsArray().ToDictionary(r => (string)r!["name"]!, r => r!, StringComparer.Ordinal);
        var web = resources["web-aaaaaaaa"];
        Assert.Equal(0, exitCode);
        Assert.Equal("key web-aaaaaaaa web-bbbbbbbb worker", string.Join(' ', resources.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(("Project", "Running", "Healthy"), ((string?)web["resourceType"], (string?)web["state"], (string?)web["healthStatus"]));
        Assert.Equal("Bearer ***", (string?)web["environment"]!["API_KEY"]);
        Assert.Equal("x-otlp-api-key=***", (string?)web["environment"]!["OTEL_EXPORTER_OTLP_HEADERS"]);
        Assert.Equal("http://localhost:5123", (string?)web["urls"]![0]!["url"]);
        Assert.Equal("Enabled", (string?)web["commands"]!["restart"]!["state"]);
        Assert.DoesNotContain(FakeAppHost.Secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_of_a_resource_are_those_of_all_its_replicas_in_order()
    {
        _appHost.Logs.BacklogOf("web-bbbbbbbb").Add("2026-11-21T08:00:00.001Z first", isError: false);
        _appHost.Logs.BacklogOf("web-aaaaaaaa").Add("2026-11-21T08:00:00.002Z second", isError: false);
        _appHost.Logs.BacklogOf("worker").Add("2026-11-21T08:00:00.003Z other", isError: false);

        var (exitCode, output) = await AspireAsync("logs", "web", "--apphost", Project);

        Assert.Equal(0, exitCode);
        Assert.Contains("[web-bbbbbbbb] first\n[web-aaaaaaaa] second", output, StringComparison.Ordinal);
        Assert.DoesNotContain("other", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_for_a_resource_reaches_every_replica()
    {
        var (exitCode, output) = await AspireAsync("resource", "web", "restart", "--apphost", Project);

        Assert.True(exitCode == 0, output);
        Assert.Equal("web-aaaaaaaa restart, web-bbbbbbbb restart", string.Join(", ", _appHost.Executed.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_command_for_one_replica_reaches_it_alone()
    {
        var (exitCode, output) = await AspireAsync("resource", "web-bbbbbbbb", "stop", "--apphost", Project);

        Assert.True(exitCode == 0, output);
        Assert.Equal("web-bbbbbbbb stop", Assert.Single(_appHost.Executed));
    }

    [Theory]
    [InlineData("worker", "'worker' has no command 'stop'.")]
    [InlineData("nobody", "There is no resource 'nobody'.")]
    public async Task A_command_that_is_not_possible_fails_with_the_reason(string resource, string reason)
    {
        var (exitCode, output) = await AspireAsync("resource", resource, "stop", "--apphost", Project);

        Assert.NotEqual(0, exitCode);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web", "healthy", 0, "is healthy")]
    [InlineData("worker", "up", 17, "Timed out")]
    [InlineData("nobody", "up", 18, "was not found")]
    public async Task Wait_says_by_its_exit_code_how_it_ended(string resource, string status, int expected, string words)
    {
        var (exitCode, output) = await AspireAsync("wait", resource, "--status", status, "--timeout", "1", "--apphost", Project);

        Assert.Equal(expected, exitCode);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> AspireAsync(params string[] args) => ToolProcess.RunAsync(
        _bundle.CliPath,
        [.. args, "--non-interactive", "--nologo"],
        [("HOME", _home.Path), ("ASPIRE_HOME", _bundle.Home), ("ASPIRE_CLI_TELEMETRY_OPTOUT", "true"), ("NO_COLOR", "1")],
        Ct);
}
