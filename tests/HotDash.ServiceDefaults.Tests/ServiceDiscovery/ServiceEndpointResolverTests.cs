using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.ServiceDiscovery;

namespace HotDash.ServiceDefaults.Tests.ServiceDiscovery;

public sealed class ServiceEndpointResolverTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://api", "http://localhost:5001/")]
    [InlineData("http://API", "http://localhost:5001/")]
    [InlineData("https://api", "https://localhost:6001/")]
    [InlineData("https+http://api", "https://localhost:6001/")]
    [InlineData("http+https://api", "http://localhost:5001/")]
    [InlineData("api", "https://localhost:6001/")]
    [InlineData("https+http://plain", "http://localhost:5002/,http://localhost:5003/")]
    [InlineData("http://_admin.api", "http://localhost:5009/")]
    [InlineData("http://single", "http://localhost:5004/")]
    [InlineData("http://bare", "http://localhost:5005/")]
    [InlineData("http://fallback", "http://localhost:5006/")]
    public async Task A_service_is_found_by_scheme_or_endpoint_name(string asked, string expected)
    {
        var resolver = new ServiceEndpointResolver(Configuration(
            ("services:api:http:0", "http://localhost:5001"),
            ("services:api:https:0", "https://localhost:6001"),
            ("services:api:admin:0", "http://localhost:5009"),
            ("services:plain:http:0", "http://localhost:5002"),
            ("services:plain:http:1", "http://localhost:5003"),
            ("services:single:http", "http://localhost:5004"),
            ("services:bare:http:0", "localhost:5005"),
            ("services:fallback:default:0", "http://localhost:5006")));

        var found = await resolver.GetEndpointsAsync(asked, Ct);

        Assert.Equal(expected, string.Join(',', found.Endpoints));
    }

    [Theory]
    [InlineData("http://elsewhere.example:8080", "http://elsewhere.example:8080/")]
    [InlineData("https+http://elsewhere.example", "https://elsewhere.example/")]
    [InlineData("https://api", "https://api/")]
    [InlineData("http://_admin.api", "http://_admin.api/")]
    public async Task A_service_that_is_not_configured_stands_for_itself(string asked, string expected)
    {
        var resolver = new ServiceEndpointResolver(Configuration(("services:api:http:0", "http://localhost:5001")));

        var found = await resolver.GetEndpointsAsync(asked, Ct);

        Assert.Equal(expected, Assert.Single(found.Endpoints).ToString());
    }

    [Fact]
    public async Task A_changed_configuration_is_told_and_taken()
    {
        var configuration = Configuration(("services:api:http:0", "http://localhost:5001"));
        var resolver = new ServiceEndpointResolver(configuration);
        var before = await resolver.GetEndpointsAsync("http://api", Ct);

        configuration["services:api:http:0"] = "http://localhost:5002";
        configuration.Reload();

        Assert.True(before.ChangeToken.HasChanged);
        var after = await resolver.GetEndpointsAsync("http://api", Ct);
        Assert.Equal("http://localhost:5002/", Assert.Single(after.Endpoints).ToString());
        Assert.False(after.ChangeToken.HasChanged);
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("http://a b")]
    public async Task What_is_no_service_address_is_refused_with_an_example(string asked)
    {
        var resolver = new ServiceEndpointResolver(Configuration());

        var refused = await Assert.ThrowsAsync<FormatException>(async () => await resolver.GetEndpointsAsync(asked, Ct));

        Assert.Contains("https+http://name", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_by_its_setting()
    {
        var resolver = new ServiceEndpointResolver(Configuration(("services:api:http:0", "http://:5001")));

        var refused = await Assert.ThrowsAsync<FormatException>(async () => await resolver.GetEndpointsAsync("http://api", Ct));

        Assert.StartsWith("services:api:http", refused.Message, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configuration(params (string, string)[] settings)
    {
        var builder = new ConfigurationBuilder();
        builder.AddSettings(settings);

        return builder.Build();
    }
}
