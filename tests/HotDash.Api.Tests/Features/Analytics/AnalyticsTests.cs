using System.Net;
using System.Text.Json;
using HotDash.ControlPlane.Analytics;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Api.Tests.Features.Analytics;

public sealed class AnalyticsTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Traffic = "/api/analytics/traffic";
    private const string Search = "/api/analytics/search";

    [Fact]
    public async Task Live_traffic_says_who_measured_it()
    {
        Wire.Plausible.Replies(HttpStatusCode.OK, """{"results":[{"metrics":[5,6,12],"dimensions":["2026-02-02"]}]}""")
            .Replies(HttpStatusCode.OK, """{"results":[{"metrics":[5,6,12],"dimensions":[]}]}""");
        var api = await StartAsync(PlausibleLive);

        var reply = await api.GetAsync($"{Traffic}?from=2026-02-01&to=2026-02-02");

        Assert.Equal((200, "plausible"), (reply.Status, reply.Text("source")));
        Assert.Empty(reply.Warnings);
        var data = reply.Json.GetProperty("data");
        Assert.Equal("""{"from":"2026-02-01","to":"2026-02-02"}""", data.GetProperty("period").GetRawText());
        Assert.Equal([0, 12], data.GetProperty("days").EnumerateArray().Select(day => day.GetProperty("pageViews").GetInt32()));
        Assert.Equal((5, JsonValueKind.Null), (data.GetProperty("totals").GetProperty("visitors").GetInt32(), data.GetProperty("totals").GetProperty("revenue").ValueKind));
    }

    [Fact]
    public async Task While_the_flags_are_off_examples_of_the_days_come_without_a_warning()
    {
        var api = await StartAsync();

        var traffic = await api.GetAsync($"{Traffic}?from=2026-02-01&to=2026-02-10");
        var plausible = await api.GetAsync($"{Traffic}?provider=plausible");
        var search = await api.GetAsync($"{Search}?limit=3");

        Assert.All([traffic, plausible, search], reply => Assert.Equal((200, "mock"), (reply.Status, reply.Text("source"))));
        Assert.All([traffic, plausible, search], reply => Assert.Empty(reply.Warnings));
        Assert.Equal(10, traffic.Json.GetProperty("data").GetProperty("days").GetArrayLength());
        Assert.Equal("EUR", traffic.Json.GetProperty("data").GetProperty("currency").GetString());
        Assert.Equal(28, plausible.Json.GetProperty("data").GetProperty("days").GetArrayLength());
        Assert.Equal((3, "query"), (search.Json.GetProperty("data").GetProperty("rows").GetArrayLength(), search.Json.GetProperty("data").GetProperty("by").GetString()));
    }

    [Fact]
    public async Task Missing_credentials_answer_examples_and_name_the_variables()
    {
        var api = await StartAsync(("ANALYTICS_REAL_DATA", "true"), ("GSC_SITE_URL", "sc-domain:shop.example"));

        var warning = Assert.Single((await api.GetAsync(Traffic)).Warnings);
        var search = Assert.Single((await api.GetAsync(Search)).Warnings);

        Assert.Equal("credentials_missing", warning.GetProperty("code").GetString());
        Assert.Equal("set GA4_PROPERTY_ID and GOOGLE_APPLICATION_CREDENTIALS", warning.GetProperty("message").GetString());
        Assert.Equal("set GOOGLE_APPLICATION_CREDENTIALS", search.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_failure_is_answered_with_as_many_days_as_were_kept()
    {
        Wire.Plausible.Replies(HttpStatusCode.OK, """{"results":[]}""").Replies(HttpStatusCode.OK, """{"results":[{"metrics":[90,99,300],"dimensions":[]}]}""")
            .Replies(HttpStatusCode.Unauthorized);
        var api = await StartAsync(PlausibleLive);
        await api.Services.GetRequiredService<AnalyticsSnapshots>().KeepTrafficAsync(TrafficProvider.Plausible, Ct);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);

        var reply = await api.GetAsync($"{Traffic}?from={today.AddDays(-5):yyyy-MM-dd}&to={today:yyyy-MM-dd}");

        Assert.Equal((200, "snapshot"), (reply.Status, reply.Text("source")));
        Assert.Equal("unauthorized", Assert.Single(reply.Warnings).GetProperty("code").GetString());
        var data = reply.Json.GetProperty("data");
        Assert.Equal($"{today.AddDays(-1):yyyy-MM-dd}", data.GetProperty("period").GetProperty("to").GetString());
        Assert.Equal((5, JsonValueKind.Null), (data.GetProperty("days").GetArrayLength(), data.GetProperty("totals").GetProperty("visitors").ValueKind));
    }

    [Theory]
    [InlineData(Traffic, "from=yesterday", "from", "must be a day, such as 2026-12-24.")]
    [InlineData(Traffic, "to=2026-02-30", "to", "must be a day, such as 2026-12-24.")]
    [InlineData(Traffic, "to=9999-01-01", "to", "must not be in the future.")]
    [InlineData(Traffic, "to=0001-01-05", "to", "is too long ago.")]
    [InlineData(Traffic, "from=2026-02-03&to=2026-02-01", "from", "must not be after to.")]
    [InlineData(Traffic, "from=2025-01-01&to=2026-02-01", "from", "must be at most 366 days before to.")]
    [InlineData(Traffic, "provider=matomo", "provider", "must be one of ga4, plausible.")]
    [InlineData(Traffic, "form=2026-02-01", "form", "is not a known parameter; known are from, to, provider.")]
    [InlineData(Search, "by=word", "by", "must be one of query, page, country, device, date.")]
    [InlineData(Search, "limit=0", "limit", "must be a number from 1 to 100.")]
    [InlineData(Search, "from=1", "from", "must be a day, such as 2026-12-24.")]
    public async Task A_question_that_makes_no_sense_is_refused_by_name(string path, string query, string field, string why)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"{path}?{query}");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.Equal(why, reply.Error(field));
    }
}
