using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.Google;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.TestKit;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Google;

public sealed class GoogleTokensTests
{
    private const string Key = "google-analytics";

    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_account_signs_who_it_is_what_it_wants_from_whom_and_for_how_long()
    {
        var exchange = new StubProvider().Replies(HttpStatusCode.OK, GoogleTestAccount.Reply());
        await using var services = Services(exchange);

        await Tokens(services).GetAsync(Cancellation);

        var request = Assert.Single(exchange.Requests);
        var form = QueryHelpers.ParseQuery(request.Body);
        var parts = form["assertion"].ToString().Split('.');
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement;
        Assert.Equal(("https://tokens.example/token", "urn:ietf:params:oauth:grant-type:jwt-bearer"), (request.Address.AbsoluteUri, form["grant_type"].ToString()));
        Assert.Equal("""{"alg":"RS256","typ":"JWT","kid":"canary-key-id"}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[0])));
        Assert.Equal(
            (GoogleTestAccount.Email, "https://www.googleapis.com/auth/analytics.readonly", "https://tokens.example/token"),
            (claims.GetProperty("iss").GetString(), claims.GetProperty("scope").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal((_clock.GetUtcNow().ToUnixTimeSeconds(), 3600), (claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()));
        Assert.True(GoogleTestAccount.Key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task A_token_serves_until_shortly_before_it_expires()
    {
        var exchange = new StubProvider().Replies(HttpStatusCode.OK, GoogleTestAccount.Reply("one", 3600)).Replies(HttpStatusCode.OK, GoogleTestAccount.Reply("two", 3600));
        await using var services = Services(exchange);
        var tokens = Tokens(services);

        var first = await tokens.GetAsync(Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(54));
        var later = await tokens.GetAsync(Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var renewed = await tokens.GetAsync(Cancellation);

        Assert.Equal(("one", "one", "two"), (first, later, renewed));
    }

    [Fact]
    public async Task Calls_that_wait_together_fetch_one_token_and_none_of_them_can_cancel_it()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var exchange = new StubProvider().Replies((_, _) => answer.Task);
        await using var services = Services(exchange);
        var tokens = Tokens(services);
        using var impatient = new CancellationTokenSource();

        var leaving = tokens.GetAsync(impatient.Token).AsTask();
        var waiting = Enumerable.Range(0, 5).Select(_ => tokens.GetAsync(Cancellation).AsTask()).ToList();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        answer.SetResult(new(HttpStatusCode.OK) { Content = new StringContent(GoogleTestAccount.Reply("one")) });

        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("one", token));
        Assert.Single(exchange.Requests);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_not_used_again()
    {
        var exchange = new StubProvider().Replies(HttpStatusCode.OK, GoogleTestAccount.Reply("one")).Replies(HttpStatusCode.OK, GoogleTestAccount.Reply("two"));
        var api = new StubProvider().Replies(HttpStatusCode.Unauthorized).Replies(HttpStatusCode.Unauthorized);
        await using var services = Services(exchange, api);

        await FailureAsync(services);
        await FailureAsync(services);

        Assert.Equal(["Bearer one", "Bearer two"], api.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_kept_token_that_is_refused_is_replaced_within_the_attempt()
    {
        var exchange = new StubProvider().Replies(HttpStatusCode.OK, GoogleTestAccount.Reply("new"));
        var api = new StubProvider().Replies(HttpStatusCode.Unauthorized).Replies(HttpStatusCode.Unauthorized);
        await using var services = Services(exchange, api, new KeptToken("kept"));

        await FailureAsync(services);

        Assert.Equal(["Bearer kept", "Bearer new"], api.Requests.Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task The_name_of_a_token_tells_neither_the_account_nor_its_key()
    {
        var store = new KeptToken("kept");
        await using var services = Services(new StubProvider(), store: store);

        await Tokens(services).GetAsync(Cancellation);

        Assert.Matches("^google-analytics:[0-9a-f]{16}$", store.Asked);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_grant","error_description":"Invalid JWT Signature."}""", IntegrationCodes.Unauthorized)]
    [InlineData(401, """{"error":"invalid_client"}""", IntegrationCodes.Unauthorized)]
    [InlineData(429, "", IntegrationCodes.RateLimited)]
    [InlineData(503, "", IntegrationCodes.Unavailable)]
    [InlineData(302, "", IntegrationCodes.UnexpectedReply)]
    [InlineData(200, "<html>", IntegrationCodes.UnexpectedReply)]
    [InlineData(200, "{}", IntegrationCodes.UnexpectedReply)]
    [InlineData(200, """{"access_token":"","expires_in":3600}""", IntegrationCodes.UnexpectedReply)]
    [InlineData(200, """{"access_token":"two words","expires_in":3600}""", IntegrationCodes.UnexpectedReply)]
    [InlineData(200, """{"access_token":"token","expires_in":0}""", IntegrationCodes.UnexpectedReply)]
    public async Task An_exchange_that_fails_is_a_failure_of_the_call(int status, string body, string code)
    {
        var exchange = new StubProvider().AlwaysReplies((HttpStatusCode)status, body);
        await using var services = Services(exchange);

        var failure = await FailureAsync(services);

        Assert.Equal((Key, code, false), (failure.Integration, failure.Code, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task An_exchange_that_cannot_be_reached_is_a_broken_connection()
    {
        var exchange = new StubProvider().AlwaysFails(new HttpRequestException(HttpRequestError.ConnectionError));
        await using var services = Services(exchange);

        var failure = await FailureAsync(services);

        Assert.Equal(IntegrationCodes.Network, failure.Code);
    }

    private static GoogleTokens Tokens(ServiceProvider services) => services.GetRequiredKeyedService<GoogleTokens>(Key);

    private static Task<IntegrationException> FailureAsync(ServiceProvider services) => Assert.ThrowsAnyAsync<IntegrationException>(
        () => services.GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(Period.Until(new(2026, 3, 1), 7), Cancellation));

    private ServiceProvider Services(StubProvider exchange, StubProvider? api = null, ITokenStore? store = null)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton<TimeProvider>(_clock)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ANALYTICS_REAL_DATA"] = "true",
                ["GA4_PROPERTY_ID"] = "123",
                ["GOOGLE_APPLICATION_CREDENTIALS"] = GoogleTestAccount.KeyFile,
                ["GOOGLE_TOKEN_URL"] = "https://tokens.example/token",
            }).Build())
            .AddGoogleAnalytics(Attempts.One);
        services.WithTokens(Key, exchange);
        if (store is not null)
            services.AddSingleton(store);
        services.AddHttpClient(Key).ConfigurePrimaryHttpMessageHandler(() => api ?? new StubProvider());
        return services.BuildServiceProvider();
    }

    /// <summary>Has a token already; a new one is fetched by whom the provider refused that one.</summary>
    private sealed class KeptToken(string value) : ITokenStore
    {
        public string Asked { get; private set; } = "";

        public Task<AccessToken> GetAsync(string name, string? refused, Func<CancellationToken, Task<AccessToken>> fetch, CancellationToken ct)
        {
            Asked = name;
            return refused == value ? fetch(ct) : Task.FromResult(new AccessToken(value, TimeSpan.FromMinutes(10)));
        }
    }
}
