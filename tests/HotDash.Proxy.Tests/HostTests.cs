using Microsoft.Extensions.Options;

namespace HotDash.Proxy.Tests;

public sealed class HostTests
{
    [Fact]
    public async Task Proxy_can_build_every_service_it_registers()
    {
        await using var app = ProxyUnderTest.Build([]);
    }

    [Theory]
    [InlineData("Proxy:Destinations:0=api.example", "Destinations")]
    [InlineData("Proxy:LoadBalancing=Fair", "LoadBalancing")]
    [InlineData("Proxy:ManagementPort=70000", "ManagementPort")]
    [InlineData("Proxy:TrustedProxies:0=somewhere", "TrustedProxies")]
    [InlineData("Proxy:MaxBodyBytes=0", "MaxBodyBytes")]
    [InlineData("Proxy:TotalTimeout=00:00:00", "TotalTimeout")]
    [InlineData("Proxy:RateLimits:Key:Requests=-1", "Requests")]
    [InlineData("Proxy:RateLimits:Address:Window=00:00:00", "Window")]
    public async Task Half_a_configuration_does_not_start_and_the_message_names_the_setting(string setting, string named)
    {
        string[] settings = ["urls=http://127.0.0.1:0", setting];

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => ProxyUnderTest.StartAsync(settings));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
