using System.Net;
using System.Text;

namespace HotDash.Integrations.Tests.Resilience;

public sealed class ReplyReadingTests
{
    [Theory]
    [InlineData(429, "Retry-After", "7", 7)]
    [InlineData(503, "Retry-After", "0", 0)]
    [InlineData(503, "Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT", 30)]
    [InlineData(503, "Retry-After", "Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData(429, "Retry-After", "-5", null)]
    [InlineData(429, "X-RateLimit-Reset", "1772366520", 120)]
    [InlineData(429, "X-RateLimit-Reset", "1772366000", 0)]
    [InlineData(429, "X-RateLimit-Reset", "soon", null)]
    [InlineData(429, "X-RateLimit-Reset", "99999999999999999", null)]
    [InlineData(500, "X-RateLimit-Reset", "1772366520", null)]
    [InlineData(200, "Retry-After", "7", null)]
    public void The_standard_way_to_ask_for_a_wait_is_read(int status, string header, string value, int? seconds)
    {
        using var reply = Reply(status, header, value);

        var reading = ReplyReading.Standard(reply, FixedClock.Now);

        Assert.Equal((status, seconds), (reading.Status, (int?)reading.Wait?.TotalSeconds));
    }

    [Fact]
    public async Task A_body_can_be_looked_at_before_it_is_parsed()
    {
        using var reply = new HttpResponseMessage { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes("THROTTLED"))) };
        await reply.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);

        var seen = new[] { ReplyBody.Of(reply), ReplyBody.Of(reply) };

        Assert.All(seen, body => Assert.Equal("THROTTLED"u8, body.Span));
        Assert.Equal("THROTTLED", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static HttpResponseMessage Reply(int status, string header, string value)
    {
        var reply = new HttpResponseMessage((HttpStatusCode)status);
        reply.Headers.TryAddWithoutValidation(header, value);
        return reply;
    }
}
