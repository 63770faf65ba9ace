using System.Net;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.SearchConsole;
using HotDash.TestKit;
using HotDash.TestKit.Contracts;

namespace HotDash.Integrations.Tests.SearchConsole;

public sealed class SearchConsoleClientTests
{
    private const string Totals = """{"rows":[{"clicks":9,"impressions":300,"ctr":0.03,"position":4.5}],"responseAggregationType":"byProperty"}""";

    private static readonly Period ThreeDays = new(new(2026, 2, 1), new(2026, 2, 3));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_come_with_the_totals_of_all_searches()
    {
        await using var wired = new Wired(Replies("""{"keys":["oak tray"],"clicks":5.0,"impressions":100.0,"ctr":0.05,"position":3.2}"""));

        var report = await wired.Get<SearchConsoleClient>().QueryAsync(ThreeDays, SearchDimension.Query, 10, Cancellation);

        Assert.Equal(new SearchRow("oak tray", 5, 100, 0.05, 3.2), Assert.Single(report.Rows));
        Assert.Equal((new SearchTotals(9, 300, 0.03, 4.5), SearchDimension.Query), (report.Totals, report.By));
    }

    [Fact]
    public async Task A_site_that_nobody_searched_for_has_no_rows()
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, """{"responseAggregationType":"byProperty"}"""));

        var report = await wired.Get<SearchConsoleClient>().QueryAsync(ThreeDays, SearchDimension.Page, 10, Cancellation);

        Assert.Empty(report.Rows);
        Assert.Equal(new SearchTotals(0, 0, 0, null), report.Totals);
    }

    [Theory]
    [InlineData("https://shop.example/", "https%3A%2F%2Fshop.example%2F")]
    [InlineData("sc-domain:shop.example", "sc-domain%3Ashop.example")]
    public async Task The_site_is_one_part_of_the_path(string site, string escaped)
    {
        var provider = Replies("");
        await using var wired = new Wired(provider, settings: ("GSC_SITE_URL", site));

        await wired.Get<SearchConsoleClient>().QueryAsync(ThreeDays, SearchDimension.Country, 25, Cancellation);

        Assert.All(provider.Requests, request => Assert.Equal($"/base/webmasters/v3/sites/{escaped}/searchAnalytics/query", request.Address.PathAndQuery));
        Assert.Equal("""{"startDate":"2026-02-01","endDate":"2026-02-03","dimensions":["COUNTRY"],"rowLimit":25,"dataState":"FINAL"}""", provider.Requests[0].Body);
        Assert.Equal("""{"startDate":"2026-02-01","endDate":"2026-02-03","dataState":"FINAL"}""", provider.Requests[1].Body);
    }

    [Fact]
    public async Task What_is_sent_is_what_Google_describes()
    {
        var file = OfficialContracts.Find("google-search-console/searchconsole-v1.openapi3.json");
        Assert.SkipWhen(file is null, OfficialContracts.Absent);
        var contract = OpenApiContract.Load(file).RefuseUnknown();
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.OK, "{}");
        await using var wired = new Wired(provider);

        foreach (var by in Enum.GetValues<SearchDimension>())
            await wired.Get<SearchConsoleClient>().QueryAsync(ThreeDays, by, SearchConsoleClient.MaxRows, Cancellation);

        Assert.All(provider.Requests, request => Assert.Empty(contract.CheckRequest("POST", request.Address.PathAndQuery["/base".Length..], request.Body)));
    }

    [Theory]
    [InlineData("""{"error":{"code":403,"errors":[{"reason":"rateLimitExceeded"}]}}""", IntegrationCodes.RateLimited)]
    [InlineData("""{"error":{"code":403,"errors":[{"reason":"dailyLimitExceeded"}]}}""", IntegrationCodes.RateLimited)]
    [InlineData("""{"error":{"code":403,"status":"RESOURCE_EXHAUSTED"}}""", IntegrationCodes.RateLimited)]
    [InlineData("""{"error":{"code":403,"status":"PERMISSION_DENIED","details":[{"reason":"RATE_LIMIT_EXCEEDED"}]}}""", IntegrationCodes.RateLimited)]
    [InlineData("""{"error":{"code":403,"errors":[{"reason":"forbidden"}]}}""", IntegrationCodes.Unauthorized)]
    [InlineData("""{"error":"forbidden"}""", IntegrationCodes.Unauthorized)]
    [InlineData("""["quotaExceeded"]""", IntegrationCodes.Unauthorized)]
    [InlineData("<html>quotaExceeded", IntegrationCodes.Unauthorized)]
    public async Task A_403_is_read_by_its_reason(string body, string code)
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.Forbidden, body));

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => wired.Get<SearchConsoleClient>().QueryAsync(ThreeDays, SearchDimension.Query, 10, Cancellation));

        Assert.Equal(code, failure.Code);
    }

    [Theory]
    [InlineData("""{"keys":[],"clicks":5,"impressions":100,"ctr":0.05,"position":3.2}""")]
    [InlineData("""{"keys":["a","b"],"clicks":5,"impressions":100,"ctr":0.05,"position":3.2}""")]
    [InlineData("""{"keys":["a"],"clicks":-5,"impressions":100,"ctr":0.05,"position":3.2}""")]
    [InlineData("""{"keys":["a"],"impressions":100,"ctr":0.05,"position":3.2}""")]
    public async Task A_row_that_is_not_as_asked_for_is_unexpected(string row)
    {
        await using var wired = new Wired(Replies(row));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<SearchConsoleClient>().QueryAsync(ThreeDays, SearchDimension.Query, 10, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    private static StubProvider Replies(string rows) => new StubProvider()
        .Replies(HttpStatusCode.OK, $$"""{"rows":[{{rows}}],"responseAggregationType":"byProperty"}""")
        .Replies(HttpStatusCode.OK, Totals);
}
