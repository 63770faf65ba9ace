namespace HotDash.Proxy.Tests;

public sealed class SlowClientTests
{
    [Fact]
    public async Task A_client_that_never_ends_its_headers_is_let_go()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api, "Kestrel:Limits:RequestHeadersTimeout=00:00:01");

        var answer = await proxy.SendRawAsync("GET /api/x HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_stops_in_the_middle_of_its_body_is_answered_and_let_go()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api, "Proxy:ActivityTimeout=00:00:00.500");

        var answer = await proxy.SendRawAsync("POST /api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 100\r\n\r\nhalf");

        Assert.Matches("^HTTP/1.1 (408|504) ", answer);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }
}
