using HotDash.Integrations;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.Integrations.Plausible;
using HotDash.Integrations.SearchConsole;
using HotDash.TestKit;
using HotDash.TestKit.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Analytics;

/// <summary>HotDash's own clients against the sandbox's Google and Plausible, and every answer against the providers' descriptions.</summary>
public sealed class AnalyticsTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    private string KeyFile => _folder["google-key.json"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Google_and_Plausible_count_the_same_visits_every_time()
    {
        await using var sandbox = await StartAsync();
        await using var again = await StartAsync();
        var period = Week(sandbox);

        var google = await sandbox.Clients().GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(period, Cancellation);
        var plausible = await sandbox.Clients().GetRequiredService<PlausibleClient>().GetTrafficAsync(period, Cancellation);
        var later = await again.Clients().GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(period, Cancellation);

        Assert.Equal(plausible.Days.Select(day => day.Visits), google.Days.Select(day => day.Visits));
        Assert.All(google.Days, day => Assert.True(day is { Visitors: > 0, Revenue: > 0, Conversions: > 0 }));
        Assert.InRange(google.Totals.Visitors!.Value, 1, google.Days.Sum(day => day.Visitors) - 1);
        Assert.Equal(google.Days, later.Days);
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Theory]
    [InlineData(SearchDimension.Query)]
    [InlineData(SearchDimension.Page)]
    [InlineData(SearchDimension.Country)]
    [InlineData(SearchDimension.Device)]
    [InlineData(SearchDimension.Date)]
    public async Task Searches_come_by_what_they_are_asked_by(SearchDimension by)
    {
        await using var sandbox = await StartAsync();

        var report = await sandbox.Clients().GetRequiredService<SearchConsoleClient>().QueryAsync(Week(sandbox), by, 3, Cancellation);

        Assert.Equal(3, report.Rows.Count);
        Assert.True(report.Totals.Clicks > report.Rows.Max(row => row.Clicks));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task The_key_file_is_made_once_and_only_its_owner_may_read_it()
    {
        await using (await SandboxUnderTest.WithKeyOfItsOwnAsync(KeyFile))
        {
        }

        var made = await File.ReadAllTextAsync(KeyFile, Cancellation);
        await using var again = await SandboxUnderTest.WithKeyOfItsOwnAsync(KeyFile);

        Assert.Equal(made, await File.ReadAllTextAsync(KeyFile, Cancellation));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Theory]
    [InlineData("GA4_PROPERTY_ID", "1", IntegrationCodes.Unauthorized)]
    [InlineData("GOOGLE_TOKEN_URL", "{sandbox}google/nowhere", IntegrationCodes.NotFound)]
    public async Task A_caller_without_access_is_refused(string name, string value, string code)
    {
        await using var sandbox = await StartAsync();
        var clients = sandbox.Clients(settings: (name, value.Replace("{sandbox}", sandbox.Http.BaseAddress!.ToString(), StringComparison.Ordinal)));

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(
            () => clients.GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(Week(sandbox), Cancellation));

        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task A_key_that_the_account_does_not_have_gets_no_token()
    {
        await using var sandbox = await StartAsync();
        using var other = TestFolder.Create();
        await using var stranger = await SandboxUnderTest.WithKeyOfItsOwnAsync(other["key.json"]);
        var clients = sandbox.Clients(settings: ("GOOGLE_APPLICATION_CREDENTIALS", other["key.json"]));

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(
            () => clients.GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(Week(sandbox), Cancellation));

        Assert.Equal(IntegrationCodes.Unauthorized, failure.Code);
        Assert.Equal("invalid_grant: Invalid JWT Signature.", Assert.Single(await sandbox.ViolationsAsync())["reason"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_token_ends_after_an_hour_and_a_new_one_is_fetched_before()
    {
        await using var sandbox = await StartAsync();
        var google = sandbox.Clients().GetRequiredService<GoogleAnalyticsClient>();

        await google.GetTrafficAsync(Week(sandbox), Cancellation);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(90));
        await google.GetTrafficAsync(Week(sandbox), Cancellation);

        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Search_Console_throttles_in_both_of_its_ways(int status)
    {
        await using var sandbox = await StartAsync(("Integrations:Limits:search-console", "1/1m"));
        await sandbox.SettingsAsync(new Dictionary<string, object>(StringComparer.Ordinal) { ["search-console"] = new { throttleStatus = status } });

        await Assert.ThrowsAsync<RateLimitException>(
            () => sandbox.Clients().GetRequiredService<SearchConsoleClient>().QueryAsync(Week(sandbox), SearchDimension.Query, 3, Cancellation));

        Assert.Equal(status, Assert.Single(await sandbox.ViolationsAsync())["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task Analytics_and_Plausible_throttle_by_the_hour()
    {
        await using var sandbox = await StartAsync(("Integrations:Limits:google-analytics", "10/1h"), ("Integrations:Limits:plausible", "1/1h"));

        await Assert.ThrowsAsync<RateLimitException>(() => sandbox.Clients().GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(Week(sandbox), Cancellation));
        await Assert.ThrowsAsync<RateLimitException>(() => sandbox.Clients().GetRequiredService<PlausibleClient>().GetTrafficAsync(Week(sandbox), Cancellation));
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"site_id":"other.example","metrics":["visitors"],"date_range":"7d"}""", 401)]
    [InlineData("""{"site_id":"shop.example","metrics":["likes"],"date_range":"7d"}""", 400)]
    [InlineData("""{"site_id":"shop.example","metrics":["visitors"],"date_range":["2026-02-02","2026-02-01"]}""", 400)]
    [InlineData("""{"site_id":"shop.example","metrics":["visitors"],"date_range":"7d","page":1}""", 400)]
    [InlineData("""{"site_id":"shop.example","metrics":["visitors"],"date_range":"7d"}""", 200)]
    public async Task Plausible_refuses_what_it_does_not_understand(string query, int status)
    {
        await using var sandbox = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/plausible/api/v2/query") { Content = new StringContent(query) };
        request.Headers.Authorization = new("Bearer", SandboxUnderTest.Key);

        var reply = await sandbox.Http.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal(status is not 200, (await reply.JsonAsync()).Text("error") is not null);
    }

    [Fact]
    public async Task Its_answers_are_what_Google_describes()
    {
        var (analyticsFile, searchesFile) = (
            OfficialContracts.Find("google-analytics/analyticsdata-v1beta.openapi3.json"), OfficialContracts.Find("google-search-console/searchconsole-v1.openapi3.json"));
        Assert.SkipWhen(analyticsFile is null || searchesFile is null, OfficialContracts.Absent);
        await using var sandbox = await StartAsync();
        using var analytics = new ContractHandler(OpenApiContract.Load(analyticsFile).RefuseUnknown(), "/google-analytics", new SocketsHttpHandler());
        using var searches = new ContractHandler(OpenApiContract.Load(searchesFile).RefuseUnknown(), "/search-console", new SocketsHttpHandler());
        var clients = sandbox.Clients(wires: [("google-analytics", analytics), ("search-console", searches)]);

        await clients.GetRequiredService<GoogleAnalyticsClient>().GetTrafficAsync(Week(sandbox), Cancellation);
        await clients.GetRequiredService<SearchConsoleClient>().QueryAsync(Week(sandbox), SearchDimension.Query, 3, Cancellation);

        Assert.Equal((2, 2), (analytics.Exchanges, searches.Exchanges));
        Assert.Empty(analytics.Problems.Concat(searches.Problems));
    }

    private Task<SandboxUnderTest> StartAsync(params (string Name, string? Value)[] settings) => SandboxUnderTest.WithKeyAsync(KeyFile, settings);

    /// <summary>Searches of these days are final.</summary>
    private static Period Week(SandboxUnderTest sandbox) => Period.Until(DateOnly.FromDateTime(sandbox.Clock.GetUtcNow().UtcDateTime).AddDays(-5), 7);
}
