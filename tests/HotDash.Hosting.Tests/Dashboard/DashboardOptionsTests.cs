using Aspire.Hosting;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Configuration;

namespace HotDash.Hosting.Tests.Dashboard;

public sealed class DashboardOptionsTests
{
    [Fact]
    public void Without_configuration_every_port_is_free_and_every_key_random()
    {
        var (first, second) = (With(), With());

        Assert.Equal((null, null, null), (first.FrontendPort, first.OtlpGrpcPort, first.ResourceServicePort));
        Assert.Equal(8, new[] { first, second }
            .SelectMany(o => new[] { o.BrowserToken, o.OtlpApiKey, o.ApiKey, o.ResourceServiceApiKey })
            .Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://localhost:18888;http://localhost:1", 18888)]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0", null)]
    [InlineData("ASPNETCORE_URLS", "", null)]
    public void The_first_address_gives_the_port_and_0_means_any(string key, string value, int? port)
    {
        Assert.Equal(port, With((key, value)).FrontendPort);
    }

    [Theory]
    [InlineData("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL")]
    [InlineData("DOTNET_DASHBOARD_OTLP_ENDPOINT_URL")]
    public void Older_names_are_understood(string key)
    {
        Assert.Equal(4317, With((key, "http://localhost:4317")).OtlpGrpcPort);
    }

    [Theory]
    [InlineData("https://localhost:18888")]
    [InlineData("http://0.0.0.0:18888")]
    [InlineData("http://*:18888")]
    [InlineData("18888")]
    public void An_address_that_others_can_reach_or_needs_TLS_is_refused_by_name(string value)
    {
        var mistake = Assert.Throws<DistributedApplicationException>(() => With(("ASPNETCORE_URLS", value)));

        Assert.Contains($"ASPNETCORE_URLS is '{value}'", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_can_be_chosen()
    {
        Assert.Equal("mine", With(("ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN", "mine")).BrowserToken);
    }

    [Fact]
    public void Anonymous_access_opens_all_but_the_resource_service()
    {
        var options = With(("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true"));

        var environment = DashboardEnvironment.For(options, new("", "", "", ""), new("http://127.0.0.1:1"));

        Assert.Equal("Unsecured", environment["DASHBOARD__FRONTEND__AUTHMODE"]);
        Assert.Equal("ApiKey", environment["DASHBOARD__RESOURCESERVICECLIENT__AUTHMODE"]);
    }

    private static DashboardOptions With(params (string Key, string Value)[] settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)))
        .Build());
}
