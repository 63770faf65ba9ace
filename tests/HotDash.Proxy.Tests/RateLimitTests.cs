using System.Net;
using HotDash.Proxy.Limits;
using Microsoft.AspNetCore.Http;

namespace HotDash.Proxy.Tests;

public sealed class RateLimitTests
{
    private const string Trusted = "Proxy:TrustedProxies:0=127.0.0.1";
    private static readonly string[] OnePerHour = ["Proxy:RateLimits:Address:Requests=1", "Proxy:RateLimits:Address:Window=01:00:00"];

    [Fact]
    public async Task An_address_over_its_limit_is_told_when_to_come_back()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api, OnePerHour);

        using var first = await proxy.GetAsync("/api/x");
        using var second = await proxy.GetAsync("/api/x");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await second.ShouldBeProblemAsync(429, "rate_limited");
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_limit_recovers()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(
            api, "Proxy:RateLimits:Address:Requests=1", "Proxy:RateLimits:Address:Window=00:00:01");
        using var first = await proxy.GetAsync("/api/x");

        await Eventually.TrueAsync(async () =>
        {
            using var later = await proxy.GetAsync("/api/x");
            return later.IsSuccessStatusCode;
        });
    }

    [Fact]
    public async Task Addresses_are_limited_apart_and_an_unbelieved_one_is_not_an_address()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api, [Trusted, .. OnePerHour]);
        await using var unfooled = await ProxyUnderTest.StartAsync(api, OnePerHour);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(proxy, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(proxy, "203.0.113.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(proxy, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(unfooled, "203.0.113.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(unfooled, "203.0.113.2"));
    }

    [Fact]
    public async Task A_key_that_the_api_verified_is_limited_over_all_its_addresses()
    {
        await using var api = await Upstream.StartAsync(VerifyKeys);
        await using var proxy = await ProxyUnderTest.StartAsync(
            api, Trusted, "Proxy:RateLimits:Key:Requests=1", "Proxy:RateLimits:Key:Window=01:00:00");

        using var learned = await proxy.GetAsync("/api/x", ("Authorization", "Bearer hd_good"));
        using var counted = await proxy.GetAsync("/api/x", ("Authorization", "Bearer hd_good"));
        using var elsewhere = await proxy.GetAsync("/api/x", ("Authorization", "Bearer hd_good"), ("X-Forwarded-For", "203.0.113.9"));
        using var other = await proxy.GetAsync("/api/x", ("Authorization", "Bearer hd_other"));

        Assert.Equal(HttpStatusCode.OK, learned.StatusCode);
        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);
        await elsewhere.ShouldBeProblemAsync(429, "rate_limited");
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task Webhooks_are_limited_by_their_source_alone()
    {
        await using var api = await Upstream.StartAsync(VerifyKeys);
        await using var proxy = await ProxyUnderTest.StartAsync(
            api, ["Proxy:RateLimits:Key:Requests=1", "Proxy:RateLimits:Key:Window=01:00:00",
                  "Proxy:RateLimits:Webhooks:Requests=4", "Proxy:RateLimits:Webhooks:Window=01:00:00", .. OnePerHour]);
        using var api1 = await proxy.GetAsync("/api/x", ("Authorization", "Bearer hd_good"));

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
        {
            using var answer = await proxy.SendAsync(HttpMethod.Post, "/webhooks/shopify", content: null, ("Authorization", "Bearer hd_good"));
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 4), HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public void One_address_may_send_twice_the_webhooks_that_the_inbox_is_made_for()
    {
        var bucket = new ProxyRateLimits().Webhooks.ToTokenBucket();

        Assert.Equal((10_000, 1000, TimeSpan.FromSeconds(1)), (bucket.TokenLimit, bucket.TokensPerPeriod, bucket.ReplenishmentPeriod));
    }

    [Fact]
    public async Task Probes_are_not_limited()
    {
        await using var api = await Upstream.StartAsync(Upstream.Echo);
        await using var proxy = await ProxyUnderTest.StartAsync(api, OnePerHour);
        var health = new Uri(proxy.ManagementAddress, "/health").ToString();

        using var first = await proxy.GetAsync(health);
        using var second = await proxy.GetAsync(health);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7", "203.0.113.7")]
    public void A_subscriber_is_an_IPv4_address_or_an_IPv6_network(string remote, string counted)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(remote) } };

        Assert.Equal(IPAddress.Parse(counted), ClientAddress.Of(context));
    }

    private static Task VerifyKeys(HttpContext context)
    {
        if (context.Request.Headers.Authorization == "Bearer hd_good")
            context.Response.Headers["X-HotDash-Key-Id"] = "0199f2a0-0000-7000-8000-000000000001";
        else
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;

        return Task.CompletedTask;
    }

    private static async Task<HttpStatusCode> StatusAsync(ProxyUnderTest proxy, string from)
    {
        using var answer = await proxy.GetAsync("/api/x", ("X-Forwarded-For", from));

        return answer.StatusCode;
    }
}
