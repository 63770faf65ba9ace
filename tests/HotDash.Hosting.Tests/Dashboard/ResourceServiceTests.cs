using System.Net;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Wire;
using Microsoft.Extensions.Logging;

namespace HotDash.Hosting.Tests.Dashboard;

public sealed class ResourceServiceTests : IAsyncLifetime
{
    private readonly TimeLimit _limit = new();
    private readonly FakeAppHost _appHost = new();
    private Uri _server = null!;
    private GrpcClient _client = null!;

    private CancellationToken Ct => _limit.Token;

    public async ValueTask InitializeAsync()
    {
        _server = await _appHost.Get<ResourceServer>().StartAsync(0, Ct);
        _client = new(_server, _appHost.Get<DashboardOptions>().ResourceServiceApiKey);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _appHost.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task The_dashboard_learns_the_name_of_the_application()
    {
        using var call = await _client.CallAsync("GetApplicationInformation", new ApplicationInformationRequest(), Ct);

        var reply = await call.NextAsync(ApplicationInformationResponse.Parser, Ct);

        Assert.Equal("HotDash", reply!.ApplicationName);
        Assert.Null(await call.NextAsync(ApplicationInformationResponse.Parser, Ct));
        Assert.Equal(0, call.Status);
    }

    [Fact]
    public async Task Every_resource_is_told_first_and_then_each_change()
    {
        using var call = await _client.CallAsync("WatchResources", new WatchResourcesRequest(), Ct);

        var first = await call.NextAsync(WatchResourcesUpdate.Parser, Ct);
        var known = await WatchUntilAsync(call, resources => resources.Count == 4);
        _appHost.Tell(_appHost.Worker, "Running");
        var later = await WatchUntilAsync(call, resources => resources.ContainsKey("worker"));

        Assert.Equal(WatchResourcesUpdate.KindOneofCase.InitialData, first!.KindCase);
        Assert.Equal("key web-aaaaaaaa web-bbbbbbbb worker", string.Join(' ', known.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal("Waiting", known["worker"].State);
        Assert.Equal("Running", later["worker"].State);
    }

    [Fact]
    public async Task A_resource_is_told_with_all_that_the_dashboard_shows()
    {
        using var call = await _client.CallAsync("WatchResources", new WatchResourcesRequest(), Ct);

        var web = (await WatchUntilAsync(call, resources => resources.ContainsKey("web-aaaaaaaa")))["web-aaaaaaaa"];

        Assert.Equal(("web", "Project", "Running"), (web.DisplayName, web.ResourceType, web.State));
        Assert.NotNull(web.CreatedAt);
        Assert.True(web.HealthReports.Single() is { HasStatus: true, Status: HealthStatus.Healthy });
        Assert.Equal(("http", "http://localhost:5123", "Web"), (web.Urls[0].EndpointName, web.Urls[0].FullUrl, web.Urls[0].DisplayProperties.DisplayName));
        Assert.Equal((true, false), (web.Environment[0].IsFromSpec, web.Environment[1].HasValue));
        Assert.Equal(("key", "Reference"), (web.Relationships[0].ResourceName, web.Relationships[0].Type));
        Assert.Equal("42", web.Properties[0].Value.StringValue);
        Assert.Equal(("web.dll", true), (web.Properties[1].Value.ListValue.Values[0].StringValue, web.Properties[1].IsSensitive));
        Assert.Equal(("restart", "ArrowCounterclockwise"), (web.Commands[0].Name, web.Commands[0].IconName));
    }

    [Fact]
    public async Task The_exit_code_is_a_property()
    {
        _appHost.Tell(_appHost.Worker, s => s with { State = "Exited", ExitCode = 3 });
        using var call = await _client.CallAsync("WatchResources", new WatchResourcesRequest(), Ct);

        var worker = (await WatchUntilAsync(call, resources => resources.ContainsKey("worker")))["worker"];

        Assert.Equal("3", worker.Properties.Single(p => p.Name == "resource.exitCode").Value.StringValue);
    }

    [Fact]
    public async Task Console_logs_are_followed()
    {
        _appHost.Logs.GetLogger("worker").LogInformation("first");
        using var call = await _client.CallAsync("WatchResourceConsoleLogs", new WatchResourceConsoleLogsRequest { ResourceName = "worker" }, Ct);

        var first = await call.NextAsync(WatchResourceConsoleLogsUpdate.Parser, Ct);
        _appHost.Logs.GetLogger("worker").LogError("second");
        var second = await call.NextAsync(WatchResourceConsoleLogsUpdate.Parser, Ct);

        Assert.EndsWith(" first", first!.LogLines.Single().Text, StringComparison.Ordinal);
        Assert.True(second!.LogLines.Single() is { LineNumber: 2, IsStdErr: true });
    }

    [Fact]
    public async Task Console_logs_end_when_nobody_wants_to_follow()
    {
        _appHost.Logs.GetLogger("worker").LogInformation("only");
        var request = new WatchResourceConsoleLogsRequest { ResourceName = "worker", SuppressFollow = true };
        using var call = await _client.CallAsync("WatchResourceConsoleLogs", request, Ct);

        var only = await call.NextAsync(WatchResourceConsoleLogsUpdate.Parser, Ct);

        Assert.Single(only!.LogLines);
        Assert.Null(await call.NextAsync(WatchResourceConsoleLogsUpdate.Parser, Ct));
    }

    [Theory]
    [InlineData("restart", ResourceCommandResponseKind.Succeeded, "restart done")]
    [InlineData("fly", ResourceCommandResponseKind.Failed, "'web-aaaaaaaa' has no command 'fly'.")]
    public async Task A_command_is_run_and_its_result_told(string command, object kind, string message)
    {
        var request = new ResourceCommandRequest { ResourceName = "web-aaaaaaaa", CommandName = command };
        using var call = await _client.CallAsync("ExecuteResourceCommand", request, Ct);

        var reply = await call.NextAsync(ResourceCommandResponse.Parser, Ct);

        Assert.Equal((kind, message), (reply!.Kind, reply.Message));
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task Nothing_is_told_without_the_key(string key)
    {
        using var stranger = new GrpcClient(_server, key);

        using var reply = await stranger.SendAsync("WatchResources", GrpcClient.Frame([]), Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        Assert.Equal("16", reply.Headers.GetValues("grpc-status").Single());
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_unimplemented()
    {
        using var call = await _client.CallAsync("UploadFile", new WatchResourcesRequest(), Ct);

        Assert.Null(await call.NextAsync(WatchResourcesUpdate.Parser, Ct));
        Assert.Equal(12, call.Status);
    }

    [Theory]
    [InlineData(new byte[0], 3)]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 }, 3)]
    [InlineData(new byte[] { 0, 0, 0, 0, 2, 0xff, 0xff }, 3)]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 }, 12)]
    [InlineData(new byte[] { 0, 0xff, 0xff, 0xff, 0xff }, 8)]
    public async Task A_malformed_request_is_refused_and_harms_nobody(byte[] body, int status)
    {
        using var refused = new GrpcReplies(await _client.SendAsync("WatchResources", body, Ct));
        using var next = await _client.CallAsync("GetApplicationInformation", new ApplicationInformationRequest(), Ct);

        Assert.Null(await refused.NextAsync(WatchResourcesUpdate.Parser, Ct));
        Assert.Equal(status, refused.Status);
        Assert.NotNull(await next.NextAsync(ApplicationInformationResponse.Parser, Ct));
    }

    [Fact]
    public async Task Streams_stay_open_until_the_app_host_stops()
    {
        using var resources = await _client.CallAsync("WatchResources", new WatchResourcesRequest(), Ct);
        using var interactions = await _client.CallAsync("WatchInteractions", new WatchResourcesRequest(), Ct);
        await WatchUntilAsync(resources, known => known.Count == 4);

        await _appHost.Get<ResourceServer>().DisposeAsync();

        Assert.Null(await resources.NextAsync(WatchResourcesUpdate.Parser, Ct));
        Assert.Null(await interactions.NextAsync(WatchResourcesUpdate.Parser, Ct));
        Assert.Equal((14, 14), (resources.Status, interactions.Status));
    }

    private async Task<Dictionary<string, Resource>> WatchUntilAsync(GrpcReplies call, Func<Dictionary<string, Resource>, bool> isEnough)
    {
        var resources = new Dictionary<string, Resource>(StringComparer.Ordinal);
        while (!isEnough(resources))
        {
            var update = await call.NextAsync(WatchResourcesUpdate.Parser, Ct);
            foreach (var change in update!.Changes?.Value ?? [])
            {
                resources[change.Upsert.Name] = change.Upsert;
            }
        }

        return resources;
    }
}
