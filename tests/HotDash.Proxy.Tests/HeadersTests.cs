using System.Net;

namespace HotDash.Proxy.Tests;

public sealed class HeadersTests
{
    [Fact]
    public async Task A_client_cannot_say_where_it_comes_from()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x",
            ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Port", "6666"), ("X-Forwarded-Prefix", "/evil.example"),
            ("X-Forwarded-For", "6.6.6.6, 127.0.0.1"), ("Connection", "X-Forwarded-For, X-Forwarded-Proto"),
            ("Forwarded", "for=6.6.6.6"), ("X-Real-IP", "6.6.6.6"), ("X-Original-For", "6.6.6.6"), ("True-Client-IP", "6.6.6.6"));

        var text = await answer.TextAsync();
        Assert.DoesNotContain("6.6.6.6", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(": ?6666", text);
        Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For: 127.0.0.1\n", text, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Proto: http\n", text, StringComparison.Ordinal);
        Assert.Contains($"X-Forwarded-Host: {proxy.Address.Authority}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trusted_proxy_says_where_the_client_comes_from_and_only_the_last_untrusted_hop_counts()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api, "Proxy:TrustedProxies:0=127.0.0.1", "Proxy:TrustedProxies:1=10.0.0.0/8");

        using var answer = await proxy.GetAsync("/api/x",
            ("X-Forwarded-For", "6.6.6.6, 203.0.113.7, 10.1.2.3"), ("X-Forwarded-Proto", "https, https, https"));

        var text = await answer.TextAsync();
        Assert.Contains("X-Forwarded-For: 203.0.113.7\n", text, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-Proto: https\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6.6.6", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Internal_headers_pass_in_neither_direction()
    {
        await using var api = await Upstream.StartAsync(context =>
        {
            context.Response.Headers["X-HotDash-Key-Id"] = Guid.NewGuid().ToString();
            context.Response.Headers.Server = "secret-server";
            context.Response.Headers.XPoweredBy = "secret-power";
            return Upstream.Echo(context);
        });
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x", ("X-HotDash-Key-Id", Guid.NewGuid().ToString()), ("x-hotdash-anything", "1"));

        Assert.DoesNotContain("X-HotDash", await answer.TextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("X-HotDash", answer.Headers.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", answer.Headers.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_named_by_Connection_stop_here()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x", ("Connection", "X-Hop"), ("X-Hop", "for-the-proxy"), ("X-End", "for-the-api"));

        var text = await answer.TextAsync();
        Assert.DoesNotContain("for-the-proxy", text, StringComparison.Ordinal);
        Assert.Contains("for-the-api", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_well_formed_request_id_is_passed_on_and_said_back()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x", ("X-Request-Id", "order-1.a_B"));

        Assert.Equal("order-1.a_B", answer.Headers.GetValues("X-Request-Id").Single());
        Assert.Contains("X-Request-Id: order-1.a_B\n", await answer.TextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("""<script>""")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Another_request_id_is_replaced(string bad)
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x", ("X-Request-Id", bad));

        var id = answer.Headers.GetValues("X-Request-Id").Single();
        Assert.NotEqual(bad, id, StringComparer.Ordinal);
        Assert.Contains($"X-Request-Id: {id}\n", await answer.TextAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/api/x")]
    [InlineData("/nothing")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync(path);

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(answer.Headers.Server);
        Assert.Single(answer.Headers.GetValues("X-Request-Id"));
    }

    [Fact]
    public async Task A_trace_begun_by_the_client_continues_in_the_api()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x", ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));

        var lines = (await answer.TextAsync()).Split('\n');
        Assert.StartsWith($"traceparent: 00-{trace}-", lines.Single(l => l.StartsWith("traceparent", StringComparison.OrdinalIgnoreCase)), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("BREW")]
    public async Task An_unused_method_is_refused(string method)
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.SendAsync(new HttpMethod(method), "/api/x");

        await answer.ShouldBeProblemAsync(405, "method_not_allowed");
        Assert.Contains("PATCH", answer.Content.Headers.Allow, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(100, 10)]
    public async Task Too_many_or_too_large_headers_are_refused(int count, int length)
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api);

        using var answer = await proxy.GetAsync("/api/x", [.. Enumerable.Range(0, count).Select(i => ($"X-Pad-{i}", new string('a', length)))]);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }
}
