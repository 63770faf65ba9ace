using System.Net;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.Integrations.Tests.Google;
using HotDash.TestKit;
using HotDash.TestKit.Contracts;

namespace HotDash.Integrations.Tests.GoogleAnalytics;

public sealed class GoogleAnalyticsClientTests
{
    private const string Headers = """
        "metricHeaders":[{"name":"totalUsers","type":"TYPE_INTEGER"},{"name":"sessions","type":"TYPE_INTEGER"},{"name":"screenPageViews","type":"TYPE_INTEGER"},
        {"name":"keyEvents","type":"TYPE_FLOAT"},{"name":"totalRevenue","type":"TYPE_CURRENCY"}]
        """;

    private static readonly Period ThreeDays = new(new(2026, 2, 1), new(2026, 2, 3));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traffic_comes_with_conversions_revenue_and_its_currency()
    {
        await using var wired = new Wired(Replies($"{Row("20260203", "5", "6", "12", "1.5", "80.25")},{Row("20260201", "4", "5", "8", "0", "0")}", Row(null, "7", "11", "20", "1.5", "80.25")));

        var traffic = await wired.Get<GoogleAnalyticsClient>().GetTrafficAsync(ThreeDays, Cancellation);

        Assert.Equal([new(new(2026, 2, 1), 4, 5, 8, 0, 0), new(new(2026, 2, 2), 0, 0, 0, 0, 0), new(new(2026, 2, 3), 5, 6, 12, 1.5m, 80.25m)], traffic.Days);
        Assert.Equal((new TrafficTotals(7, 11, 20, 1.5m, 80.25m), "EUR"), (traffic.Totals, traffic.Currency));
    }

    [Fact]
    public async Task A_site_that_nobody_visited_has_no_rows_and_zero_traffic()
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, $$"""{ {{Headers}},"metadata":{"currencyCode":"EUR"},"kind":"analyticsData#runReport"}"""));

        var traffic = await wired.Get<GoogleAnalyticsClient>().GetTrafficAsync(ThreeDays, Cancellation);

        Assert.Equal((3, new TrafficTotals(0, 0, 0, 0, 0)), (traffic.Days.Count, traffic.Totals));
    }

    [Fact]
    public async Task A_report_goes_to_the_property_with_the_token_and_costs_tokens()
    {
        var provider = Replies("", Row(null, "7", "11", "20", "1", "80"));
        var budget = new CountingBudget();
        await using var wired = new Wired(provider, budget: budget);

        await wired.Get<GoogleAnalyticsClient>().GetTrafficAsync(ThreeDays, Cancellation);

        Assert.All(provider.Requests, request => Assert.Equal(
            ("POST", "/base/v1beta/properties/123456789:runReport", $"Bearer {GoogleTestAccount.Token}"), (request.Method, request.Address.PathAndQuery, request.Headers["Authorization"])));
        Assert.Equal(
            """{"dateRanges":[{"startDate":"2026-02-01","endDate":"2026-02-03"}],"metrics":[{"name":"totalUsers"},{"name":"sessions"},{"name":"screenPageViews"},{"name":"keyEvents"},{"name":"totalRevenue"}],"dimensions":[{"name":"date"}],"orderBys":[{"dimension":{"dimensionName":"date"}}],"limit":"10000"}""",
            provider.Requests[0].Body);
        Assert.All(budget.Taken, taken => Assert.Equal(("google-analytics", 10), taken));
    }

    [Fact]
    public async Task What_is_sent_is_what_Google_describes()
    {
        var file = OfficialContracts.Find("google-analytics/analyticsdata-v1beta.openapi3.json");
        Assert.SkipWhen(file is null, OfficialContracts.Absent);
        var contract = OpenApiContract.Load(file).RefuseUnknown();
        var provider = Replies("", Row(null, "7", "11", "20", "1", "80"));
        await using var wired = new Wired(provider);

        await wired.Get<GoogleAnalyticsClient>().GetTrafficAsync(ThreeDays, Cancellation);

        Assert.All(provider.Requests, request => Assert.Empty(contract.CheckRequest("POST", request.Address.PathAndQuery["/base".Length..], request.Body)));
    }

    [Theory]
    [InlineData("2026-02-01", "5")]
    [InlineData("(other)", "5")]
    [InlineData("20260201", "5.5")]
    [InlineData("20260201", "-1")]
    [InlineData("20260201", "many")]
    [InlineData("20260201", "1e300")]
    [InlineData("20260201", "1e25")]
    public async Task A_row_that_is_not_as_asked_for_is_unexpected(string date, string users)
    {
        await using var wired = new Wired(Replies(Row(date, users, "6", "12", "1", "80"), ""));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<GoogleAnalyticsClient>().GetTrafficAsync(ThreeDays, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Fact]
    public async Task An_answer_about_other_metrics_is_unexpected()
    {
        var swapped = $$"""{ {{Headers.Replace("sessions", "bounceRate", StringComparison.Ordinal)}},"rows":[]}""";
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, swapped));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<GoogleAnalyticsClient>().GetTrafficAsync(ThreeDays, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    private static StubProvider Replies(string days, string totals) => new StubProvider().Replies(HttpStatusCode.OK, Report(days)).Replies(HttpStatusCode.OK, Report(totals));

    private static string Report(string rows) => $$"""{ {{Headers}},"rows":[{{rows}}],"metadata":{"currencyCode":"EUR"} }""";

    private static string Row(string? date, params string[] values) =>
        $$"""{"dimensionValues":[{{(date is null ? "" : $$"""{"value":"{{date}}"}""")}}],"metricValues":[{{string.Join(',', values.Select(value => $$"""{"value":"{{value}}"}"""))}}]}""";
}
