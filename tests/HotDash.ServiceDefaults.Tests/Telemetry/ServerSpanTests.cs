using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HotDash.ServiceDefaults.Tests.Telemetry;

public sealed class ServerSpanTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_span_says_which_route_answered_what()
    {
        await using var app = await ObservedApp.StartAsync(map: a => a.MapGet("/items/{id:int}", (int id) => id));

        await app.Client.GetAsync("/items/7?token=hidden", Ct);

        var span = Assert.Single(await app.ServerSpansAsync());
        Assert.Equal("GET /items/{id:int}", span.DisplayName);
        Assert.Equal("/items/{id:int}", span.GetTagItem("http.route"));
        Assert.Equal(200, span.GetTagItem("http.response.status_code"));
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
        Assert.Equal("/items/7", span.GetTagItem("url.path"));
        Assert.Equal("1.1", span.GetTagItem("network.protocol.version"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_no_route_takes_is_named_by_its_method()
    {
        await using var app = await ObservedApp.StartAsync();

        await app.Client.GetAsync("/nowhere/4711", Ct);

        var span = Assert.Single(await app.ServerSpansAsync());
        Assert.Equal("GET", span.DisplayName);
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_throws_leaves_an_error_with_its_route_type_and_exception(bool handled)
    {
        await using var app = await ObservedApp.StartAsync(map: a =>
        {
            if (handled)
            {
                a.UseExceptionHandler(on => on.Run(http => http.Response.WriteAsync("sorry", Ct)));
            }

            a.MapGet("/boom", string () => throw new InvalidDataException("no milk"));
        });

        await app.Client.GetAsync("/boom", Ct);

        var span = Assert.Single(await app.ServerSpansAsync());
        Assert.Equal("GET /boom", span.DisplayName);
        Assert.Equal(500, span.GetTagItem("http.response.status_code"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("System.IO.InvalidDataException", span.GetTagItem("error.type"));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Fact]
    public async Task A_status_of_500_is_an_error_also_without_an_exception()
    {
        await using var app = await ObservedApp.StartAsync(map: a => a.MapGet("/full", () => Results.StatusCode(507)));

        await app.Client.GetAsync("/full", Ct);

        var span = Assert.Single(await app.ServerSpansAsync());
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("507", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task A_bad_request_is_the_callers_error_not_ours()
    {
        await using var app = await ObservedApp.StartAsync(map: a => a.MapGet("/items/{id}", (int id) => id));

        await app.Client.GetAsync("/items/seven", Ct);

        var span = Assert.Single(await app.ServerSpansAsync());
        Assert.Equal(400, span.GetTagItem("http.response.status_code"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public async Task A_callers_trace_goes_on()
    {
        await using var app = await ObservedApp.StartAsync(map: a => a.MapGet("/", () => "hello"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        await app.Client.SendAsync(request, Ct);

        var span = Assert.Single(await app.ServerSpansAsync());
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", span.TraceId.ToHexString());
        Assert.Equal("b7ad6b7169203331", span.ParentSpanId.ToHexString());
    }
}
