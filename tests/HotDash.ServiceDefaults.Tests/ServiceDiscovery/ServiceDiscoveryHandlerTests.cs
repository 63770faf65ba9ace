using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ServiceDefaults.Tests.ServiceDiscovery;

public sealed class ServiceDiscoveryHandlerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_calls_a_service_by_name_and_its_addresses_take_turns()
    {
        await using var first = await StartAsync("first");
        await using var second = await StartAsync("second");
        using var host = Caller(("services:api:http:0", first.Address.ToString()), ("services:api:http:1", second.Address.ToString()));
        var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = new("https+http://api");

        List<string> answers = [];
        for (var call = 0; call < 4; call++)
        {
            answers.Add(await client.GetStringAsync("echo?a=1", Ct));
        }

        Assert.Equal(["first /echo?a=1", "second /echo?a=1", "first /echo?a=1", "second /echo?a=1"], answers);
    }

    [Fact]
    public async Task A_path_in_the_configured_address_comes_first()
    {
        await using var app = await StartAsync("app");
        using var host = Caller(("services:api:http:0", $"{app.Address}base/"));

        var answer = await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient().GetStringAsync(new Uri("http://api/echo"), Ct);

        Assert.Equal("app /base/echo", answer);
    }

    [Fact]
    public async Task An_address_that_names_no_service_is_called_as_it_is()
    {
        await using var app = await StartAsync("app");
        using var host = Caller(("services:api:http:0", "http://localhost:1"));

        var answer = await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient().GetStringAsync(new Uri(app.Address, "/echo"), Ct);

        Assert.Equal("app /echo", answer);
    }

    [Fact]
    public async Task A_caller_gets_its_own_address_back_in_the_request()
    {
        await using var app = await StartAsync("app");
        using var host = Caller(("services:api:http:0", app.Address.ToString()));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://api/echo");

        await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient().SendAsync(request, Ct);

        Assert.Equal("http://api/echo", request.RequestUri?.ToString());
    }

    private static Task<ObservedApp> StartAsync(string name) =>
        ObservedApp.StartAsync(map: a => a.MapFallback((HttpRequest request) => $"{name} {request.Path}{request.QueryString}"));

    private static IHost Caller(params (string, string)[] settings) => Worker.Create(settings).Build();
}
