using System.Net;
using Microsoft.AspNetCore.Http;

namespace HotDash.Proxy.Tests;

public sealed class BodyLimitTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData("/api/x", Mebibyte, HttpStatusCode.OK)]
    [InlineData("/webhooks/x", 2 * Mebibyte, HttpStatusCode.OK)]
    [InlineData("/api/x", Mebibyte + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("/webhooks/x", (2 * Mebibyte) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_may_have_so_many_bytes(string path, int bytes, HttpStatusCode expected)
    {
        await using var api = await Upstream.StartAsync(Swallow);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var told = await proxy.SendAsync(HttpMethod.Post, path, new ByteArrayContent(new byte[bytes]));
        using var untold = await proxy.SendAsync(HttpMethod.Post, path, new UntoldLength(new byte[bytes]));

        Assert.Equal(expected, told.StatusCode);
        Assert.Equal(expected, untold.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_sends_far_too_much_still_reads_the_answer(bool chunked)
    {
        await using var api = await Upstream.StartAsync(Swallow);
        await using var proxy = await ProxyUnderTest.StartAsync(api);
        var body = new byte[20 * Mebibyte];

        using var answer = await proxy.SendAsync(HttpMethod.Post, "/api/x", chunked ? new UntoldLength(body) : new ByteArrayContent(body));

        await answer.ShouldBeProblemAsync(413, "body_too_large");
    }

    [Fact]
    public async Task The_api_never_takes_a_cut_body_for_a_whole_one()
    {
        var ended = new TaskCompletionSource<Exception?>();
        await using var api = await Upstream.StartAsync(async context =>
        {
            ended.SetResult(await Record.ExceptionAsync(() => Swallow(context)));
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.SendAsync(HttpMethod.Post, "/api/x", new UntoldLength(new byte[3 * Mebibyte]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.NotNull(await ended.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    private static Task Swallow(HttpContext context) => context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);

    private sealed class UntoldLength(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
