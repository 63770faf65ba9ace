using System.Net;
using System.Net.Sockets;
using HotDash.Integrations.Publer;

namespace HotDash.Integrations.Tests.Egress;

public sealed class EgressGuardTests
{
    private static readonly Uri Configured = new("http://127.0.0.1:5001/publer/");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Inside => new(
        "http://127.0.0.1/", "http://127.0.0.1:5002/publer/", "https://127.0.0.1:5001/", "http://127.1/", "http://127.0.1/", "http://127.255.255.254/",
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0x7f.1/", "http://0177.0.0.1/", "http://017700000001/",
        "http://0177.0x0.0.1/", "http://0/", "http://0.0.0.0/", "http://0.1.2.3/", "http://localhost/", "http://LOCALHOST/",
        "http://10.0.0.1/", "http://167772161/", "http://10.1/", "http://100.64.0.1/", "http://100.100.100.200/", "http://172.16.0.1/",
        "http://172.31.255.255/", "http://192.168.0.1/", "http://0xc0a80001/", "http://192.0.0.192/", "http://198.18.0.1/", "http://192.88.99.1/",
        "http://169.254.169.254/", "http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://169.254.43518/",
        "http://168.63.129.16/", "http://224.0.0.1/", "http://240.0.0.1/", "http://255.255.255.255/", "http://203.0.113.7/", "http://user@127.0.0.1/",
        "http://127。0。0。1/",
        "http://[::1]/", "http://[::]/", "http://[::127.0.0.1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::ffff:a9fe:a9fe]/",
        "http://[0:0:0:0:0:ffff:10.0.0.1]/", "http://[::ffff:0:127.0.0.1]/", "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a9fe:a9fe]/",
        "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::]/", "http://[2002:808:808::]/", "http://[2001::1]/",
        "http://[2001:db8::1]/", "http://[3fff::1]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fec0::1]/", "http://[fc00::1]/",
        "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://[100::1]/", "http://[5f00::1]/", "http://[::7f00:1%251]/");

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task What_leads_inside_is_refused_however_it_is_written(string address)
    {
        var guard = new EgressGuard(Configured, (host, ct) => Dns.GetHostAddressesAsync(host, ct));

        await Assert.ThrowsAsync<EgressRefusedException>(() => guard.CheckAsync(new(address), Cancellation));
    }

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task A_provider_that_sends_us_inside_is_not_followed(string address)
    {
        await using var provider = new FaultServer(FaultServer.Reply(307, "", ("Location", address)));
        await using var wired = new Wired(settings: ("PUBLER_BASE_URL", provider.Address));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<PublerClient>().ListAccountsAsync(Cancellation));

        Assert.Equal((IntegrationCodes.UnexpectedReply, 1), (failure.Code, provider.Requests));
    }

    /// <summary>The guard stands where connections are made, so it would hold even if redirects were followed.</summary>
    [Theory]
    [MemberData(nameof(Inside))]
    public async Task A_redirect_that_is_followed_meets_the_guard(string address)
    {
        Assert.SkipUnless(address.All(char.IsAscii), "A header is ASCII.");
        await using var provider = new FaultServer(FaultServer.Reply(307, "", ("Location", address)));
        var following = EgressGuard.Connections(new(provider.Address));
        following.AllowAutoRedirect = true;
        using var http = new HttpClient(following);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(provider.Address), Cancellation));

        Assert.IsType<EgressRefusedException>(refused.InnerException);
        Assert.Equal(1, provider.Requests);
    }

    [Theory]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://１２７.0.0.1/")]
    [InlineData("http://①②⑦.0.0.1/")]
    public async Task What_only_some_resolver_would_take_for_an_address_is_a_name_and_checked_as_what_it_becomes(string address)
    {
        var guard = new EgressGuard(Configured, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        await Assert.ThrowsAsync<EgressRefusedException>(() => guard.CheckAsync(new(address), Cancellation));
    }

    [Theory]
    [InlineData("https://1.1.1.1/")]
    [InlineData("https://172.32.0.1/")]
    [InlineData("https://100.128.0.1/")]
    [InlineData("https://[2606:4700::1111]/")]
    [InlineData("https://[64:ff9b::101:101]/")]
    [InlineData("https://[::ffff:1.1.1.1]/")]
    [InlineData("http://127.0.0.1:5001/anything")]
    [InlineData("http://2130706433:5001/")]
    public async Task What_leads_outside_or_to_the_configured_origin_may_go(string address)
    {
        var guard = new EgressGuard(Configured, (_, _) => throw new SocketException((int)SocketError.HostNotFound));

        Assert.Single(await guard.CheckAsync(new(address), Cancellation));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("1.1.1.1", "10.0.0.1")]
    [InlineData("2606:4700::1111", "::1")]
    [InlineData]
    public async Task A_name_is_refused_when_one_of_its_addresses_leads_inside(params string[] addresses)
    {
        var guard = new EgressGuard(Configured, (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)]));

        await Assert.ThrowsAsync<EgressRefusedException>(() => guard.CheckAsync(new("https://rebind.example/"), Cancellation));
    }

    [Fact]
    public async Task A_name_is_resolved_once_so_a_second_answer_gains_nothing()
    {
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("1.1.1.1")], [IPAddress.Loopback]]);
        var guard = new EgressGuard(Configured, (_, _) => Task.FromResult(answers.Dequeue()));

        var addresses = await guard.CheckAsync(new("https://rebind.example/"), Cancellation);

        Assert.Equal([IPAddress.Parse("1.1.1.1")], addresses);
        Assert.Single(answers);
    }

    [Fact]
    public async Task A_connection_is_refused_before_it_is_made()
    {
        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        using var http = new HttpClient(EgressGuard.Connections(Configured));

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://{inside.LocalEndpoint}/"), Cancellation));

        Assert.IsType<EgressRefusedException>(refused.InnerException);
        Assert.False(inside.Pending());
    }
}
