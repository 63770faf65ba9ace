using System.Net;
using Microsoft.AspNetCore.Http;

namespace HotDash.Proxy.Tests;

public sealed class UpstreamFailureTests
{
    [Fact]
    public async Task An_api_that_is_not_there_is_a_503_which_says_that_nothing_was_done()
    {
        await using var proxy = await ProxyUnderTest.StartAsync([$"Proxy:Destinations:0={await Upstream.GoneAsync()}"]);

        using var answer = await proxy.GetAsync("/api/x");

        await answer.ShouldBeProblemAsync(503, "upstream_unavailable");
    }

    [Fact]
    public async Task An_api_that_hangs_up_before_its_answer_is_a_502()
    {
        await using var api = await Upstream.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.SendAsync(HttpMethod.Post, "/api/x", new StringContent("x"));

        await answer.ShouldBeProblemAsync(502, "upstream_failed");
    }

    [Theory]
    [InlineData("Proxy:TotalTimeout=00:00:00.200")]
    [InlineData("Proxy:ActivityTimeout=00:00:00.200")]
    public async Task An_api_that_stays_silent_is_a_504(string limit)
    {
        await using var api = await Upstream.StartAsync(Upstream.Stall);
        await using var proxy = await ProxyUnderTest.StartAsync(api, limit);

        using var answer = await proxy.GetAsync("/api/x");

        await answer.ShouldBeProblemAsync(504, "upstream_timeout");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_never_passed_as_a_whole_one()
    {
        var halfRead = new TaskCompletionSource();
        await using var api = await Upstream.StartAsync(async context =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await halfRead.Task.WaitAsync(context.RequestAborted);
            context.Abort();
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x");
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await body.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
        halfRead.SetResult();

        var broken = await Assert.ThrowsAnyAsync<IOException>(
            () => body.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken).AsTask());
        Assert.IsNotType<EndOfStreamException>(broken);
    }

    [Theory]
    [InlineData(404, "")]
    [InlineData(503, "")]
    [InlineData(422, """{"code":"mine"}""")]
    public async Task What_the_api_answers_itself_passes_as_it_is(int status, string body)
    {
        await using var api = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return body is "" ? Task.CompletedTask : context.Response.WriteAsync(body);
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x");

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Equal(body, await answer.TextAsync());
    }

    [Fact]
    public async Task When_the_client_leaves_the_api_is_told()
    {
        var reached = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        await using var api = await Upstream.StartAsync(async context =>
        {
            await using var _ = context.RequestAborted.Register(told.SetResult);
            reached.SetResult();
            await Upstream.Stall(context);
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);
        using var leaving = new CancellationTokenSource();

        var asked = proxy.Client.GetAsync(new Uri("/api/x", UriKind.Relative), leaving.Token);
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await told.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }
}
