using System.Diagnostics;
using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using HotDash.Hosting.Tests.Dashboard;
using HotDash.TestKit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace HotDash.Hosting.Tests.Backchannel;

public sealed class BackchannelServerTests : IAsyncLifetime
{
    private readonly TimeLimit _limit = new();
    private readonly TestFolder _home = TestFolder.Create();
    private FakeAppHost _appHost = null!;

    private CancellationToken Ct => _limit.Token;

    private string RunPath => _home["run.sock"];

    private string CliPath => Directory.GetFiles(_home[".aspire/cli/bch"]).Single();

    public async ValueTask InitializeAsync()
    {
        _appHost = new(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["ASPIRE_BACKCHANNEL_PATH"] = RunPath });
        _appHost.Get<BackchannelServer>().Home = _home.Path;
        await _appHost.Get<BackchannelServer>().StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _appHost.DisposeAsync();
        _home.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Logs_are_followed_after_the_last_lines()
    {
        using var client = new RpcClient(CliPath);
        Log("one");
        Log("two");

        var token = await OpenAsync(client, "GetConsoleLogBatchesAsync", new { resourceName = "worker", follow = true, tail = 1 });
        var lines = new List<string>();
        while (lines.Count < 2)
        {
            var part = (await client.CallAsync("$/enumerator/next", Ct, token))["result"]!["values"]!.AsArray();
            lines.AddRange(part.SelectMany(batch => batch!["lines"]!.AsArray()).Select(line => ((string)line!["content"]!).Split(' ')[1]));
            Log("three");
        }

        Assert.Equal(("two", "three"), (lines[0], lines[1]));
    }

    [Fact]
    public async Task The_app_host_says_when_its_process_began_or_aspire_stop_would_spare_it()
    {
        using var client = new RpcClient(CliPath);
        using var process = Process.GetCurrentProcess();

        var reply = await client.CallAsync("GetAppHostInformationAsync", Ct);

        Assert.Equal(new DateTimeOffset(process.StartTime), (DateTimeOffset)reply["result"]!["startedAt"]!);
    }

    [Fact]
    public async Task Logs_can_be_searched()
    {
        using var client = new RpcClient(CliPath);
        Log("apple");
        Log("pear");

        var token = await OpenAsync(client, "GetConsoleLogBatchesAsync", new { follow = false, search = "PEAR" });
        var found = await NextAsync(client, token);

        Assert.EndsWith(" pear", (string?)found["lines"]!.AsArray().Single()!["content"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_of_resources_are_streamed()
    {
        using var client = new RpcClient(CliPath);

        var token = await OpenAsync(client, "WatchResourcesAsync", new { });
        _appHost.Tell(_appHost.Worker, "Running");
        JsonNode change;
        do
        {
            change = await NextAsync(client, token);
        }
        while ((string?)change["name"] != "worker" || (string?)change["state"] != "Running");

        Assert.Equal("Healthy", (string?)change["healthStatus"]);
    }

    [Fact]
    public async Task Waiting_ends_when_every_replica_is_healthy()
    {
        using var client = new RpcClient(CliPath);
        _appHost.Tell(_appHost.Web, s => s with { HealthReports = [new("check", null, null, null)] });

        await client.SendAsync(1, "WaitForResourceAsync", Ct, new { resourceName = "web", status = "healthy", timeoutSeconds = 60 });
        await client.CallAsync("GetCapabilitiesAsync", Ct);
        foreach (var id in _appHost.Web.GetInstanceIds())
        {
            await _appHost.Resources.PublishUpdateAsync(
                _appHost.Web, id, s => s with { HealthReports = [new("check", HealthStatus.Healthy, null, null)] });
        }

        var answer = (await client.ReadAsync(Ct))!["result"]!;
        Assert.True((bool)answer["success"]!, answer.ToJsonString());
    }

    [Fact]
    public async Task Waiting_is_in_vain_when_one_replica_fails()
    {
        using var client = new RpcClient(CliPath);
        _appHost.Tell(_appHost.Web, s => s with { HealthReports = [new("check", null, null, null)] });

        await client.SendAsync(1, "WaitForResourceAsync", Ct, new { resourceName = "web", status = "healthy", timeoutSeconds = 60 });
        await client.CallAsync("GetCapabilitiesAsync", Ct);
        await _appHost.Resources.PublishUpdateAsync(_appHost.Web, "web-aaaaaaaa", s => s with { HealthReports = [] });
        await _appHost.Resources.PublishUpdateAsync(_appHost.Web, "web-bbbbbbbb", s => s with { State = "Exited" });

        var answer = (await client.ReadAsync(Ct))!["result"]!;
        Assert.Equal("'web-bbbbbbbb' is Exited.", (string?)answer["errorMessage"]);
    }

    [Fact]
    public async Task A_wait_in_vain_names_the_replica_that_is_down_though_another_is_looked_at_first()
    {
        using var client = new RpcClient(CliPath);
        await _appHost.Resources.PublishUpdateAsync(_appHost.Web, "web-aaaaaaaa", s => s with { HealthReports = [new("check", null, null, null)] });
        await _appHost.Resources.PublishUpdateAsync(_appHost.Web, "web-bbbbbbbb", s => s with { State = "Exited" });

        var reply = await client.CallAsync("WaitForResourceAsync", Ct, new { resourceName = "web", status = "healthy", timeoutSeconds = 60 });

        Assert.Equal("'web-bbbbbbbb' is Exited.", (string?)reply["result"]!["errorMessage"]);
        Assert.Equal("Exited", (string?)reply["result"]!["state"]);
    }

    [Fact]
    public async Task Waiting_for_what_has_failed_ends_at_once()
    {
        using var client = new RpcClient(CliPath);
        _appHost.Tell(_appHost.Worker, "FailedToStart");

        var reply = await client.CallAsync("WaitForResourceAsync", Ct, new { resourceName = "worker", status = "up", timeoutSeconds = 60 });

        Assert.Equal(("FailedToStart", false), ((string?)reply["result"]!["state"], (bool)reply["result"]!["success"]!));
        Assert.Equal("'worker' is FailedToStart.", (string?)reply["result"]!["errorMessage"]);
    }

    [Theory]
    [InlineData("""{"resourceName":7}""")]
    [InlineData("\"web\"")]
    [InlineData("null")]
    public async Task A_request_object_that_cannot_be_read_is_an_error(string request)
    {
        using var client = new RpcClient(CliPath);

        var reply = await client.CallAsync("ExecuteResourceCommandAsync", Ct, JsonNode.Parse(request));

        Assert.Equal(RpcException.InvalidParams, (int)reply["error"]!["code"]!);
    }

    [Fact]
    public async Task Stop_is_answered_before_the_app_host_ends()
    {
        using var client = new RpcClient(CliPath);

        var reply = await client.CallAsync("StopAsync", Ct, new { });

        Assert.NotNull(reply["result"]);
        Assert.True(_appHost.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Aspire_run_learns_what_it_needs_and_can_stop_the_app_host()
    {
        using var client = new RpcClient(RunPath);

        var capabilities = await client.CallAsync("GetCapabilitiesAsync", Ct);
        var state = await NextAsync(client, await OpenAsync(client, "GetResourceStatesAsync", new { }));
        await client.CallAsync("RequestStopAsync", Ct);

        Assert.Equal("baseline.v2", (string?)capabilities["result"]![0]);
        Assert.NotNull((string?)state["resource"]);
        Assert.True(_appHost.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task The_app_host_ends_with_the_aspire_run_that_started_it()
    {
        using (var visitor = new RpcClient(CliPath))
        {
            await visitor.CallAsync("GetCapabilitiesAsync", Ct);
        }

        using var run = new RpcClient(RunPath);
        await run.CallAsync("GetCapabilitiesAsync", Ct);
        Assert.False(_appHost.Lifetime.ApplicationStopping.IsCancellationRequested);

        run.Dispose();

        var stopping = new TaskCompletionSource();
        await using var registration = _appHost.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task The_app_host_runs_without_a_socket_when_the_folder_cannot_be_used()
    {
        await using var unlucky = new FakeAppHost();
        unlucky.Get<BackchannelServer>().Home = _home["file"];
        await File.WriteAllTextAsync(_home["file"], "", Ct);

        await unlucky.Get<BackchannelServer>().StartAsync(Ct);
    }

    private void Log(string line) => _appHost.Logs.GetLogger("worker").LogInformation("{Line}", line);

    private async Task<int> OpenAsync(RpcClient client, string method, object request) =>
        (int)(await client.CallAsync(method, Ct, request))["result"]!["token"]!;

    /// <summary>The newest value of the stream's next part.</summary>
    private async Task<JsonNode> NextAsync(RpcClient client, int token) =>
        (await client.CallAsync("$/enumerator/next", Ct, token))["result"]!["values"]!.AsArray()[^1]!;
}
