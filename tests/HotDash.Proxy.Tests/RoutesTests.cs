using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace HotDash.Proxy.Tests;

public sealed class RoutesTests
{
    [Theory]
    [InlineData("/api/social/post?x=%20y&z=1")]
    [InlineData("/api/a%2Fb/%C3%A9")]
    [InlineData("/api/a%252Fb")]
    [InlineData("/webhooks/chatwoot")]
    [InlineData("/ofrep/v1/evaluate/flags")]
    public async Task A_request_reaches_the_api_as_it_was_sent(string target)
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.SendAsync(HttpMethod.Post, target, new StringContent("""{"text":"hello"}"""));

        var text = await answer.TextAsync();
        Assert.StartsWith($"POST {target}\n", text, StringComparison.Ordinal);
        Assert.EndsWith("""{"text":"hello"}""", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/HEALTH/")]
    [InlineData("/alive")]
    [InlineData("/api/%2e%2e/health")]
    [InlineData("/api/a%2Fb/%2e%2e/%2e%2e/health")]
    [InlineData("/apiary")]
    [InlineData("/_sandbox/faults")]
    public async Task Nothing_else_is_reachable_from_outside(string path)
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync(path);

        await answer.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_host_header_does_not_open_the_management_endpoints()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/health", ("Host", proxy.ManagementAddress.Authority));

        await answer.ShouldBeProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task It_is_alive_but_not_healthy_while_no_address_of_the_api_answers()
    {
        await using var proxy = await ProxyUnderTest.StartAsync([$"Proxy:Destinations:0={await Upstream.GoneAsync()}"]);

        using var alive = await proxy.GetAsync(new Uri(proxy.ManagementAddress, "/alive").ToString());
        using var health = await proxy.GetAsync(new Uri(proxy.ManagementAddress, "/health").ToString());

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (alive.StatusCode, health.StatusCode));
    }

    [Fact]
    public async Task One_address_of_the_api_that_answers_is_enough_to_be_healthy()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync([$"Proxy:Destinations:0={await Upstream.GoneAsync()}", $"Proxy:Destinations:1={api.Address}"]);

        using var health = await proxy.GetAsync(new Uri(proxy.ManagementAddress, "/health").ToString());

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Theory]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/alive", HttpStatusCode.OK)]
    [InlineData("/api/anything", HttpStatusCode.NotFound)]
    public async Task The_management_port_serves_health_and_nothing_else(string path, HttpStatusCode expected)
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync(new Uri(proxy.ManagementAddress, path).ToString());

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task The_api_is_found_by_its_name()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync([$"services:api:http:0={api.Address}"]);

        using var answer = await proxy.GetAsync("/api/x");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_destination_that_is_gone_leaves_the_rotation()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(
            [$"Proxy:Destinations:0={await Upstream.GoneAsync()}", $"Proxy:Destinations:1={api.Address}",
             "Proxy:LoadBalancing=RoundRobin", "Proxy:HealthInterval=00:00:00.100"]);

        await Eventually.TrueAsync(async () => await AllSucceedAsync(proxy, 6));
    }

    [Fact]
    public async Task When_no_destination_is_healthy_all_are_tried()
    {
        await using var api = await Upstream.StartAsync(OnlyUnhealthy);
        await using var same = await Upstream.StartAsync(OnlyUnhealthy);
        await using var proxy = await ProxyUnderTest.StartAsync(
            [$"Proxy:Destinations:0={api.Address}", $"Proxy:Destinations:1={same.Address}", "Proxy:HealthInterval=00:00:00.100"]);
        var states = proxy.Services.GetRequiredService<IProxyStateLookup>();
        await Eventually.TrueAsync(() => Task.FromResult(
            states.GetClusters().Single().Destinations.Values.All(d => d.Health.Active is DestinationHealth.Unhealthy)));

        using var answer = await proxy.GetAsync("/api/x");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_event_stream_passes_event_by_event_and_outlives_the_total_time_out()
    {
        var more = new TaskCompletionSource();
        await using var api = await Upstream.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n");
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await more.Task.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("data: two\n\n");
        });
        await using var stalled = await Upstream.StartAsync(Upstream.Stall);
        await using var proxy = await ProxyUnderTest.StartAsync(api, "Proxy:TotalTimeout=00:00:00.300");
        await using var other = await ProxyUnderTest.StartAsync(stalled, "Proxy:TotalTimeout=00:00:00.300");

        using var answer = await proxy.GetAsync("/api/stream");
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var first = await events.ReadLineAsync(TestContext.Current.CancellationToken);
        using var timedOut = await other.GetAsync("/api/begun-later");
        more.SetResult();
        var rest = await events.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("data: one", first);
        Assert.Equal(HttpStatusCode.GatewayTimeout, timedOut.StatusCode);
        Assert.Equal("\ndata: two\n\n", rest);
    }

    private static Task OnlyUnhealthy(HttpContext context)
    {
        if (context.Request.Path == "/health")
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;

        return Task.CompletedTask;
    }

    private static async Task<bool> AllSucceedAsync(ProxyUnderTest proxy, int times)
    {
        var succeeded = true;
        for (var i = 0; i < times; i++)
        {
            using var answer = await proxy.GetAsync("/api/x");
            succeeded &= answer.IsSuccessStatusCode;
        }

        return succeeded;
    }
}
