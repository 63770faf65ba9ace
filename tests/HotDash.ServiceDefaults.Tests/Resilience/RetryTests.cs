using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HotDash.TestKit;
using Microsoft.Extensions.Http.Resilience;

namespace HotDash.ServiceDefaults.Tests.Resilience;

public sealed class RetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_keeps_failing_is_made_four_times_2_4_and_8_seconds_apart()
    {
        using var wire = new StubProvider().Times(4, HttpStatusCode.ServiceUnavailable);
        using var clients = new ResilientClients(wire);

        var call = clients.Create().GetAsync("/", Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(2), Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(4), Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(8), Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await call).StatusCode);
        Assert.Equal(4, wire.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 2)]
    [InlineData(HttpStatusCode.RequestTimeout, 2)]
    [InlineData(HttpStatusCode.TooManyRequests, 2)]
    [InlineData(HttpStatusCode.NotFound, 1)]
    [InlineData(HttpStatusCode.Conflict, 1)]
    [InlineData(HttpStatusCode.NotModified, 1)]
    public async Task Only_what_may_pass_is_tried_again(HttpStatusCode status, int calls)
    {
        using var wire = Replies.Of(status, HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero);

        await clients.Create().GetAsync("/", Ct);

        Assert.Equal(calls, wire.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_fails_is_tried_again()
    {
        using var wire = new StubProvider().Fails(new HttpRequestException("no route")).Replies(HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero);

        using var reply = await clients.Create().GetAsync("/", Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    [Fact]
    public async Task The_reply_of_a_failed_attempt_is_let_go()
    {
        var body = new NoticingStream();
        using var wire = new StubProvider()
            .Replies(_ => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StreamContent(body) })
            .Replies(HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero);

        await clients.Create().GetAsync("/", Ct);

        Assert.True(body.Disposed);
    }

    [Theory]
    [InlineData("POST", 1)]
    [InlineData("PATCH", 1)]
    [InlineData("CONNECT", 1)]
    [InlineData("PURGE", 1)]
    [InlineData("GET", 2)]
    [InlineData("HEAD", 2)]
    [InlineData("PUT", 2)]
    [InlineData("DELETE", 2)]
    public async Task A_method_that_may_not_be_done_twice_is_not_repeated(string method, int calls)
    {
        using var wire = Replies.Of(HttpStatusCode.BadGateway, HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero);
        using var request = new HttpRequestMessage(new(method), "/");

        await clients.Create().SendAsync(request, Ct);

        Assert.Equal(calls, wire.Requests.Count);
    }

    [Theory]
    [InlineData("POST", true, 2)]
    [InlineData("GET", false, 1)]
    public async Task A_request_itself_may_allow_or_forbid_its_repetition(string method, bool allow, int calls)
    {
        using var wire = Replies.Of(HttpStatusCode.BadGateway, HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero);
        using var request = new HttpRequestMessage(new(method), "/");
        request.Options.Set(HttpRetryStrategyOptions.AllowRetry, allow);

        await clients.Create().SendAsync(request, Ct);

        Assert.Equal(calls, wire.Requests.Count);
    }

    [Fact]
    public async Task A_client_may_allow_the_repetition_of_all_its_requests_and_each_attempt_carries_the_whole_body()
    {
        using var wire = Replies.Of(HttpStatusCode.BadGateway, HttpStatusCode.OK);
        using var clients = new ResilientClients(
            wire, options => (options.Retry.Delay, options.Retry.RetryNonIdempotentMethods) = (TimeSpan.Zero, true));
        using var content = new StringContent("a parcel");

        await clients.Create().PostAsync("/", content, Ct);

        Assert.Equal(["a parcel", "a parcel"], wire.Requests.Select(request => request.Body));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_can_be_read_once_is_sent_once(bool inParts)
    {
        using var wire = Replies.Of(HttpStatusCode.BadGateway, HttpStatusCode.OK);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero);
        using var stream = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("a parcel")));
        using var parts = new MultipartFormDataContent { { stream, "file" } };

        using var reply = await clients.Create().PutAsync("/", inParts ? parts : stream, Ct);

        Assert.Equal(HttpStatusCode.BadGateway, reply.StatusCode);
        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retry_After_says_how_long_to_wait(bool asDate)
    {
        using var wire = new StubProvider().Replies(_ => Busy(7, asDate)).Replies(HttpStatusCode.OK);
        using var clients = new ResilientClients(wire);

        var call = clients.Create().GetAsync("/", Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(7), Ct);

        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
    }

    [Fact]
    public async Task A_Retry_After_longer_than_what_is_left_of_the_total_time_out_hands_the_reply_over_at_once()
    {
        using var wire = new StubProvider().Replies(_ => Busy(20)).Replies(_ => Busy(10));
        using var clients = new ResilientClients(wire);

        var call = clients.Create().GetAsync("/", Ct);
        await clients.Clock.PassAsync(TimeSpan.FromSeconds(20), Ct);

        using var reply = await call;
        Assert.Equal(HttpStatusCode.TooManyRequests, reply.StatusCode);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Retry_After_can_be_ignored()
    {
        using var wire = new StubProvider().Replies(_ => Busy(3600)).Replies(HttpStatusCode.OK);
        using var clients = new ResilientClients(
            wire, options => (options.Retry.Delay, options.Retry.ShouldRetryAfterHeader) = (TimeSpan.Zero, false));

        using var reply = await clients.Create().GetAsync("/", Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    private static HttpResponseMessage Busy(int seconds, bool asDate = false)
    {
        var wait = TimeSpan.FromSeconds(seconds);

        return new(HttpStatusCode.TooManyRequests)
        {
            Headers = { RetryAfter = asDate ? new(new ManualTimeProvider().GetUtcNow() + wait) : new RetryConditionHeaderValue(wait) },
        };
    }

    private sealed class NoticingStream : MemoryStream
    {
        public bool Disposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            Disposed = true;
            base.Dispose(disposing);
        }
    }
}
