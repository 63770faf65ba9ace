using System.Net;
using System.Text.Json.Nodes;
using HotDash.Integrations.Analytics;
using HotDash.Integrations.Plausible;
using HotDash.TestKit;
using HotDash.TestKit.Contracts;

namespace HotDash.Integrations.Tests.Plausible;

public sealed class PlausibleClientTests
{
    private const string Totals = """{"results":[{"metrics":[7,9,20],"dimensions":[]}],"meta":{},"query":{}}""";

    private static readonly Period ThreeDays = new(new(2026, 2, 1), new(2026, 2, 3));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_day_of_the_period_has_its_traffic_and_visitors_are_not_added_up()
    {
        await using var wired = new Wired(Replies("""{"metrics":[5,6,12],"dimensions":["2026-02-03"]},{"metrics":[4,null,8],"dimensions":["2026-02-01"]}"""));

        var traffic = await wired.Get<PlausibleClient>().GetTrafficAsync(ThreeDays, Cancellation);

        Assert.Equal([new(new(2026, 2, 1), 4, 0, 8), new(new(2026, 2, 2), 0, 0, 0), new(new(2026, 2, 3), 5, 6, 12)], traffic.Days);
        Assert.Equal((new TrafficTotals(7, 9, 20), null), (traffic.Totals, traffic.Currency));
    }

    [Fact]
    public async Task A_query_names_the_site_the_days_and_the_key()
    {
        var provider = Replies("");
        await using var wired = new Wired(provider);

        await wired.Get<PlausibleClient>().GetTrafficAsync(ThreeDays, Cancellation);

        Assert.All(provider.Requests, request => Assert.Equal(
            ("POST", "/base/api/v2/query", $"Bearer {PlausibleContractTests.ApiKey}"), (request.Method, request.Address.PathAndQuery, request.Headers["Authorization"])));
        Assert.Equal(
            """{"site_id":"shop.example","metrics":["visitors","visits","pageviews"],"date_range":["2026-02-01","2026-02-03"],"dimensions":["time:day"],"order_by":[["time:day","asc"]],"pagination":{"limit":10000}}""",
            provider.Requests[0].Body);
        Assert.Equal("""{"site_id":"shop.example","metrics":["visitors","visits","pageviews"],"date_range":["2026-02-01","2026-02-03"]}""", provider.Requests[1].Body);
    }

    [Fact]
    public async Task What_is_sent_is_what_Plausible_describes()
    {
        var file = OfficialContracts.Find("plausible/query-api-schema.patched-2026-07.json");
        Assert.SkipWhen(file is null, OfficialContracts.Absent);
        var schema = JsonNode.Parse(File.ReadAllText(file))!;
        var provider = Replies("");
        await using var wired = new Wired(provider);

        await wired.Get<PlausibleClient>().GetTrafficAsync(ThreeDays, Cancellation);

        Assert.All(provider.Requests, request => Assert.Empty(new SchemaCheck(schema).Check(schema, JsonNode.Parse(request.Body), "$")));
    }

    [Theory]
    [InlineData("""{"metrics":[4,5],"dimensions":["2026-02-01"]}""")]
    [InlineData("""{"metrics":[4,5,8],"dimensions":["2026-02-01 10:00:00"]}""")]
    [InlineData("""{"metrics":[4,5,8],"dimensions":[null]}""")]
    [InlineData("""{"metrics":[4,5,8],"dimensions":[]}""")]
    [InlineData("""{"metrics":[4,5,8e30],"dimensions":["2026-02-01"]}""")]
    [InlineData("""{"metrics":[4,5,8],"dimensions":["2026-02-01"]},{"metrics":[4,5,8],"dimensions":["2026-02-01"]}""")]
    public async Task A_row_that_is_not_as_asked_for_is_unexpected(string rows)
    {
        await using var wired = new Wired(Replies(rows));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<PlausibleClient>().GetTrafficAsync(ThreeDays, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Fact]
    public async Task A_plan_without_the_api_is_a_refusal()
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.PaymentRequired, """{"error":"upgrade"}"""));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<PlausibleClient>().GetTrafficAsync(ThreeDays, Cancellation));

        Assert.Equal((IntegrationCodes.Rejected, false), (failure.Code, failure.Retryable));
    }

    private static StubProvider Replies(string days) => new StubProvider()
        .Replies(HttpStatusCode.OK, $$"""{"results":[{{days}}],"meta":{},"query":{} }""")
        .Replies(HttpStatusCode.OK, Totals);
}
