using System.Net;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace HotDash.ServiceDefaults.Tests.Resilience;

public sealed class SetupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_without_handlers_makes_one_attempt_and_has_the_time_out_of_a_plain_HttpClient()
    {
        using var wire = Replies.Of(HttpStatusCode.BadGateway);
        using var clients = new ResilientClients(wire, services: s => s.AddHttpClient("plain").RemoveAllResilienceHandlers());

        var client = clients.Create("plain");
        await client.GetAsync("/", Ct);

        Assert.Single(wire.Requests);
        Assert.Equal(TimeSpan.FromSeconds(100), client.Timeout);
    }

    [Fact]
    public async Task Adding_the_handler_again_configures_it_and_does_not_multiply_the_attempts()
    {
        using var wire = new StubProvider().Times(7, HttpStatusCode.BadGateway);
        using var clients = new ResilientClients(wire, options => options.Retry.Delay = TimeSpan.Zero, s =>
            s.AddHttpClient("eager").AddStandardResilienceHandler(options => options.Retry.MaxRetryAttempts = 6));

        await clients.Create("eager").GetAsync("/", Ct);

        Assert.Equal(7, wire.Requests.Count);
    }

    [Fact]
    public void A_breaker_outlives_the_handlers_of_its_client_which_are_renewed_every_two_minutes()
    {
        using var wire = new StubProvider();
        using var clients = new ResilientClients(wire);
        var pipelines = clients.Services.GetRequiredService<StandardPipelines>();

        Assert.Same(pipelines.For("parcels"), pipelines.For("parcels"));
    }

    [Fact]
    public async Task Options_of_one_client_may_come_from_configuration()
    {
        var configuration = new ConfigurationBuilder();
        configuration.AddSettings(("Parcels:Retry:MaxRetryAttempts", "1"), ("Parcels:Retry:Delay", "00:00:00"));
        using var wire = Replies.Of(HttpStatusCode.BadGateway, HttpStatusCode.BadGateway);
        using var clients = new ResilientClients(wire, services: s =>
            s.AddHttpClient("parcels").AddStandardResilienceHandler().Configure(configuration.Build().GetSection("Parcels")));

        await clients.Create().GetAsync("/", Ct);

        Assert.Equal(2, wire.Requests.Count);
    }

    public static TheoryData<Action<HttpStandardResilienceOptions>, string> Senseless => new()
    {
        { o => o.AttemptTimeout.Timeout = TimeSpan.FromSeconds(31), "AttemptTimeout (00:00:31) must not exceed TotalRequestTimeout (00:00:30)" },
        { o => o.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(19), "CircuitBreaker.SamplingDuration (00:00:19) must be at least twice" },
        { o => o.RateLimiter.DefaultRateLimiterOptions.PermitLimit = 0, "RateLimiter.DefaultRateLimiterOptions needs a PermitLimit" },
        { o => o.Retry.MaxRetryAttempts = 0, "Retry: " },
        { o => o.CircuitBreaker.FailureRatio = 1.5, "CircuitBreaker: " },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public async Task A_host_with_senseless_options_does_not_start(Action<HttpStandardResilienceOptions> configure, string complaint)
    {
        var builder = Worker.Create();
        builder.Services.AddHttpClient("parcels").AddStandardResilienceHandler(configure);
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Ct));

        Assert.Contains($"parcels-standard: {complaint}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeated_call_goes_to_the_next_address_of_the_service()
    {
        await using var app = await ObservedApp.StartAsync();
        var builder = Worker.Create(("services:api:http:0", "http://127.0.0.1:1"), ("services:api:http:1", app.Address.ToString()));
        builder.Services.AddHttpClient("api").AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.Zero);
        using var host = builder.Build();

        var answer = await host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api").GetStringAsync(new Uri("http://api/alive"), Ct);

        Assert.Equal("Healthy", answer);
    }
}
