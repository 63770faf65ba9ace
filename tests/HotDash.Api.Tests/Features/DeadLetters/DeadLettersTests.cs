using System.Text;
using System.Text.Json;
using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Api.Tests.Features.DeadLetters;

public sealed class DeadLettersTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Body = """{"note":"call Ada back"}""";
    private const string Secret = "Bearer sk-very-secret";

    [Fact]
    public async Task Letters_are_listed_newest_first_by_filter_and_page()
    {
        var api = await StartAsync();
        var kept = new List<Guid>();
        for (var number = 0; number < 5; number++)
            kept.Insert(0, await KeepAsync(api));
        await KeepAsync(api, "publer");

        var first = (await api.GetAsync("/api/dead-letters?integration=chatwoot&failure=unavailable&state=pending&text=serve&limit=3")).Json;
        var second = (await api.GetAsync($"/api/dead-letters?integration=chatwoot&limit=3&cursor={first.GetProperty("nextCursor").GetString()}")).Json;

        Assert.Equal(kept, [.. Ids(first), .. Ids(second)]);
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal("pending", first.GetProperty("letters")[0].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("state=gone", "state")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("limit=1000", "limit")]
    [InlineData("txt=a", "txt")]
    [InlineData("text=%00", "text")]
    public async Task A_bad_filter_is_named(string query, string field)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"/api/dead-letters?{query}");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }

    [Fact]
    public async Task The_request_is_shown_to_who_may_send_it_and_its_secrets_to_nobody()
    {
        var api = await StartAsync();
        var id = await KeepAsync(api);

        var operating = (await api.GetAsync($"/api/dead-letters/{id}")).Json;
        await api.UseKeyAsync("read");
        var reading = (await api.GetAsync($"/api/dead-letters/{id}")).Json;
        var list = (await api.GetAsync("/api/dead-letters")).Json;

        var request = operating.GetProperty("request");
        Assert.Equal(("POST", "notes", Body), (request.GetProperty("method").GetString(), request.GetProperty("path").GetString(), request.GetProperty("body").GetString()));
        Assert.Equal("application/json", request.GetProperty("headers").GetProperty("Content-Type").GetString());
        Assert.Equal(JsonValueKind.Null, request.GetProperty("headers").GetProperty("Authorization").ValueKind);
        Assert.DoesNotContain("secret", operating.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, reading.GetProperty("request").ValueKind);
        Assert.DoesNotContain("Ada", reading.GetRawText() + list.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_count_by_cause()
    {
        var api = await StartAsync();
        await KeepAsync(api);
        await KeepAsync(api);
        await KeepAsync(api, "publer", unknown: true);

        var groups = (await api.GetAsync("/api/dead-letters/groups?text=serve")).Json.GetProperty("groups");

        Assert.Equal([("chatwoot", 2, 0), ("publer", 0, 1)], groups.EnumerateArray()
            .Select(group => (group.GetProperty("integration").GetString(), group.GetProperty("pending").GetInt32(), group.GetProperty("unknown").GetInt32())));
    }

    [Fact]
    public async Task A_replay_is_previewed_started_paused_and_cancelled()
    {
        var api = await StartAsync();
        await KeepAsync(api);
        await KeepAsync(api, unknown: true);

        var preview = await api.PostAsync("/api/dead-letters/replays", new { filter = new { integration = "chatwoot" }, reason = "it works again", stopShare = 0.3 });
        var path = preview.Message.Headers.Location!.ToString();
        var early = await api.PostAsync($"{path}/pause", new { });
        var started = await api.PostAsync($"{path}/start", new { });
        var paused = await api.PostAsync($"{path}/pause", new { });
        var cancelled = await api.PostAsync($"{path}/cancel", new { });
        var late = await api.PostAsync($"{path}/start", new { });

        Assert.Equal((201, "preview"), (preview.Status, preview.Text("state")));
        Assert.Equal((2, 1), (preview.Json.GetProperty("progress").GetProperty("total").GetInt32(), preview.Json.GetProperty("look").GetProperty("due").GetInt32()));
        Assert.StartsWith("test ", preview.Text("askedBy"), StringComparison.Ordinal);
        Assert.Equal((409, "wrong_state"), (early.Status, early.Code));
        Assert.Equal(("running", "paused", "cancelled"), (started.Text("state"), paused.Text("state"), cancelled.Text("state")));
        Assert.Equal(409, late.Status);
        Assert.Equal("cancelled", (await api.GetAsync("/api/dead-letters/replays")).Json.GetProperty("replays")[0].GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("{}", "ids")]
    [InlineData("""{"ids":[],"filter":{}}""", "ids")]
    [InlineData("""{"ids":[]}""", "ids")]
    [InlineData("""{"ids":["x"]}""", "ids")]
    [InlineData("""{"filter":{"state":"replayed"}}""", "filter.state")]
    [InlineData("""{"filter":{},"stopShare":1.5}""", "stopShare")]
    [InlineData("""{"filter":{"integraton":"a"}}""", "filter.integraton")]
    public async Task A_bad_selection_is_named(string body, string field)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync("/api/dead-letters/replays", body);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }

    [Fact]
    public async Task Discarding_needs_a_reason_and_keeps_who_did_it()
    {
        var api = await StartAsync();
        var id = await KeepAsync(api);

        var refused = await api.PostAsync("/api/dead-letters/discard", new { ids = new[] { id }, reason = " " });
        var discarded = await api.PostAsync("/api/dead-letters/discard", new { ids = new[] { id }, reason = "a test" });

        var letter = (await api.GetAsync($"/api/dead-letters/{id}")).Json.GetProperty("letter");
        Assert.NotEmpty(refused.Error("reason"));
        Assert.Equal(1, discarded.Json.GetProperty("discarded").GetInt32());
        Assert.Equal(("discarded", "a test"), (letter.GetProperty("state").GetString(), letter.GetProperty("settledReason").GetString()));
        Assert.StartsWith("test ", letter.GetProperty("settledBy").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_unknown_can_be_settled_by_hand()
    {
        var api = await StartAsync();
        var (unknown, pending) = (await KeepAsync(api, unknown: true), await KeepAsync(api));

        var settled = await api.PostAsync($"/api/dead-letters/{unknown}/settle", new { happened = true, reason = "it is there" });
        var refused = await api.PostAsync($"/api/dead-letters/{pending}/settle", new { happened = true, reason = "it is there" });
        var incomplete = await api.PostAsync($"/api/dead-letters/{unknown}/settle", new { reason = "it is there" });

        Assert.Equal((204, 409), (settled.Status, refused.Status));
        Assert.NotEmpty(incomplete.Error("happened"));
        Assert.Equal("replayed", (await api.GetAsync($"/api/dead-letters/{unknown}")).Json.GetProperty("letter").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("/api/dead-letters/x")]
    [InlineData("/api/dead-letters/0199e0a0-0000-7000-8000-000000000000")]
    [InlineData("/api/dead-letters/replays/x")]
    [InlineData("/api/dead-letters/replays/0199e0a0-0000-7000-8000-000000000000")]
    public async Task What_is_not_there_is_a_404(string path)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync(path);

        Assert.Equal((404, "not_found"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_key_that_may_only_read_decides_nothing()
    {
        var api = await StartAsync();
        await api.UseKeyAsync("read");

        foreach (var path in (string[])["discard", "replays", "replays/x/start", "x/settle"])
            Assert.Equal("missing_scope", (await api.PostAsync($"/api/dead-letters/{path}", new { })).Code);
    }

    private static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("letters").EnumerateArray().Select(letter => letter.GetProperty("id").GetGuid());

    private static Task<Guid> KeepAsync(ApiUnderTest api, string integration = "chatwoot", bool unknown = false) =>
        api.Services.GetRequiredService<DeadLetterStore>().KeepAsync(
            new DeadLetter
            {
                Integration = integration,
                Operation = "send-note",
                Request = new()
                {
                    Method = "POST",
                    Path = "notes",
                    Headers = new Dictionary<string, string> { ["Authorization"] = Secret, ["Content-Type"] = "application/json" },
                    Body = Encoding.UTF8.GetBytes(Body),
                },
                Failure = new IntegrationException(integration, IntegrationCodes.Unavailable, "could not serve the call (503)", retryable: true),
                Attempts = 3,
                FirstAt = DateTimeOffset.UnixEpoch,
                LastAt = DateTimeOffset.UnixEpoch,
                OutcomeUnknown = unknown,
            },
            Ct);
}
