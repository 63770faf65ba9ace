using System.Net;
using System.Text.Json;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Registry;

public sealed class RegistryTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private static readonly object Idea = new { id = "gift-wrapping", title = "Gift wrapping", priority = "high" };

    [Fact]
    public async Task Every_integration_is_listed_with_its_status_and_the_names_of_what_is_missing()
    {
        var api = await StartAsync([("PUBLER_LIVE", "true"), ("PUBLER_API_KEY", "canary-key")]);

        var reply = await api.GetAsync("/api/integrations");

        var all = reply.Json.GetProperty("integrations").EnumerateArray().ToDictionary(item => item.GetProperty("key").GetString()!);
        Assert.Equal(all.Keys.Order(StringComparer.Ordinal), all.Keys);
        Assert.Equal("DISABLED", Status(all["supabase"]));
        Assert.Equal("ERROR", Status(all["publer"]));
        Assert.Equal(["PUBLER_WORKSPACE_ID"], all["publer"].GetProperty("missingCredentials").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("PUBLER_WORKSPACE_ID", all["publer"].GetProperty("toDo").GetString(), StringComparison.Ordinal);
        Assert.Equal((true, "PUBLER_LIVE"), (all["publer"].GetProperty("flag").GetProperty("on").GetBoolean(), all["publer"].GetProperty("flag").GetProperty("variables")[0].GetString()));
        Assert.DoesNotContain("canary", reply.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_is_switched_on_is_listed_when_that_is_asked_for()
    {
        var api = await StartAsync(PublerLive);

        var enabled = (await api.GetAsync("/api/integrations?enabled=true")).Json.GetProperty("integrations").EnumerateArray().Select(item => item.GetProperty("key").GetString());
        var wrong = await api.GetAsync("/api/integrations?enabled=yes");

        Assert.Contains("publer", enabled);
        Assert.DoesNotContain("supabase", enabled);
        Assert.Equal(400, wrong.Status);
    }

    [Fact]
    public async Task A_check_asks_the_provider_and_what_it_found_is_kept()
    {
        Wire.Publer.Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.Forbidden);
        var api = await StartAsync(PublerLive);

        var found = (await api.PostAsync("/api/integrations/publer/check", new { })).Json;
        var kept = (await api.GetAsync("/api/integrations/publer")).Json.GetProperty("integration");

        Assert.Equal("ERROR", Status(found));
        Assert.Equal(found.GetRawText(), kept.GetRawText());
        var probes = found.GetProperty("health").GetProperty("probes");
        Assert.Equal(("API authentication successful", "ok"), (probes[0].GetProperty("name").GetString(), probes[0].GetProperty("outcome").GetString()));
        Assert.Equal(("Cannot fetch accounts", "failed", "unauthorized"), (
            probes[1].GetProperty("name").GetString(), probes[1].GetProperty("outcome").GetString(), probes[1].GetProperty("failure").GetString()));
    }

    [Fact]
    public async Task What_is_switched_off_is_not_asked()
    {
        var api = await StartAsync();

        var all = (await api.PostAsync("/api/integrations/check", new { })).Json.GetProperty("integrations").EnumerateArray();

        Assert.All(all, item => Assert.Equal(JsonValueKind.Null, item.GetProperty("health").ValueKind));
    }

    [Fact]
    public async Task A_call_to_a_disconnected_integration_is_a_503_that_says_why_until_somebody_connects_it()
    {
        Wire.Supabase.Replies(HttpStatusCode.OK).Replies(HttpStatusCode.OK, "", ("Content-Range", "*/0"));
        var api = await StartAsync(SupabaseLive);

        var disconnected = (await api.PostAsync("/api/integrations/supabase/disconnect", new { reason = "the table moves" })).Json;
        var refused = await api.PostAsync("/api/analytics/idea-pool", Idea);
        var asked = Wire.Supabase.Requests.Count;
        var connected = (await api.PostAsync("/api/integrations/supabase/connect", new { })).Json;

        Assert.Equal("DISCONNECTED", Status(disconnected));
        Assert.Equal(disconnected.GetProperty("since").GetString(), disconnected.GetProperty("pause").GetProperty("at").GetString());
        Assert.StartsWith("test ", disconnected.GetProperty("pause").GetProperty("by").GetString(), StringComparison.Ordinal);
        Assert.Equal((503, "integration_paused"), (refused.Status, refused.Code));
        Assert.Contains("the table moves", refused.Text("detail"), StringComparison.Ordinal);
        Assert.NotNull(refused.Message.Headers.RetryAfter);
        Assert.Equal((0, "CONNECTED"), (asked, Status(connected)));
    }

    [Fact]
    public async Task A_read_of_a_disconnected_integration_answers_examples_and_says_so()
    {
        var api = await StartAsync(SupabaseLive);
        await api.PostAsync("/api/integrations/supabase/disconnect", new { reason = "the table moves" });

        var reply = await api.GetAsync("/api/analytics/idea-pool");

        Assert.Equal((200, "mock"), (reply.Status, reply.Text("source")));
        Assert.Equal("integration_paused", reply.Json.GetProperty("warnings")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_disconnected_integration_is_not_asked_by_a_check_either()
    {
        var api = await StartAsync(PublerLive);
        await api.PostAsync("/api/integrations/publer/disconnect", new { reason = "maintenance" });

        var found = (await api.PostAsync("/api/integrations/publer/check", new { })).Json;

        Assert.Equal("DISCONNECTED", Status(found));
        Assert.Empty(Wire.Publer.Requests);
    }

    [Fact]
    public async Task All_that_are_switched_on_are_connected_at_once()
    {
        Wire.Publer.Replies(HttpStatusCode.OK, "{}").Replies(HttpStatusCode.OK, "[]");
        var api = await StartAsync(PublerLive);
        await api.PostAsync("/api/integrations/publer/disconnect", new { reason = "maintenance" });

        var connected = (await api.PostAsync("/api/integrations/connect", new { })).Json.GetProperty("integrations").EnumerateArray();

        Assert.Equal("CONNECTED", Status(connected.Single(item => item.GetProperty("key").GetString() == "publer")));
    }

    [Fact]
    public async Task Only_what_can_be_called_is_connected_and_the_answer_names_the_variable()
    {
        var api = await StartAsync();

        var off = await api.PostAsync("/api/integrations/publer/connect", new { });
        var empty = await api.PostAsync("/api/integrations/chatwoot/connect", new { });

        Assert.Equal((409, 409), (off.Status, empty.Status));
        Assert.Contains("PUBLER_LIVE", off.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("CHATWOOT_API_KEY", empty.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("connect")]
    [InlineData("disconnect")]
    public async Task Only_what_exists_is_changed(string verb)
    {
        var api = await SharedAsync();

        Assert.Equal(404, (await api.PostAsync($"/api/integrations/nobody/{verb}", new { reason = "x" })).Status);
        Assert.Equal(404, (await api.GetAsync("/api/integrations/nobody")).Status);
    }

    [Fact]
    public async Task A_disconnection_needs_a_reason()
    {
        var api = await StartAsync();

        Assert.NotEmpty((await api.PostAsync("/api/integrations/publer/disconnect", new { })).Error("reason"));
    }

    [Fact]
    public async Task A_key_that_only_reads_changes_nothing()
    {
        var api = await StartAsync(PublerLive);
        await api.UseKeyAsync("read");

        Assert.Equal(200, (await api.GetAsync("/api/integrations")).Status);
        foreach (var verb in (string[])["publer/check", "publer/connect", "publer/disconnect", "check", "connect"])
            Assert.Equal(403, (await api.PostAsync($"/api/integrations/{verb}", new { reason = "x" })).Status);
    }

    private static string? Status(JsonElement integration) => integration.GetProperty("status").GetString();
}
