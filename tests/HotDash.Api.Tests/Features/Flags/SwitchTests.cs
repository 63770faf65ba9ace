using System.Net;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Flags;

public sealed class SwitchTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private static readonly (string, string)[] Credentials = [.. SupabaseLive.Where(setting => setting.Item1 != "IDEA_POOL_SUPABASE_ENABLED")];

    [Fact]
    public async Task A_flag_that_is_switched_on_makes_its_integration_live_without_a_restart()
    {
        var api = await StartAsync(Credentials);
        Wire.Supabase.Replies(HttpStatusCode.OK, "[]", ("Content-Range", "*/0")).Replies(HttpStatusCode.OK, "[]", ("Content-Range", "*/0"));

        var before = await api.GetAsync("/api/analytics/idea-pool");
        var asked = Wire.Supabase.Requests.Count;
        await api.PostAsync("/api/flags/idea_pool_supabase/enable", new { percent = 100, why = "the table is there" });
        await api.GetAsync("/api/analytics/idea-pool");

        Assert.Equal(("mock", 0), (before.Text("source"), asked));
        Assert.NotEmpty(Wire.Supabase.Requests);
    }

    [Fact]
    public async Task A_kill_switch_takes_it_back_whatever_the_environment_says()
    {
        var api = await StartAsync(SupabaseLive);
        await api.PostAsync("/api/flags/idea_pool_supabase/kill", new { why = "it burns" });

        var read = await api.GetAsync("/api/analytics/idea-pool");
        var listed = await api.GetAsync("/api/integrations/supabase");

        Assert.Equal("mock", read.Text("source"));
        Assert.Empty(Wire.Supabase.Requests);
        Assert.Contains("/api/flags/idea_pool_supabase/explain", listed.Json.GetProperty("integration").GetProperty("toDo").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_always_real_answers_503_once_it_is_killed()
    {
        var api = await StartAsync(ChatwootLive);
        await api.PostAsync("/api/flags/chatwoot/kill", new { why = "it burns" });

        var reply = await api.GetAsync("/api/support/conversations");

        Assert.Equal((503, "integration_disabled"), (reply.Status, reply.Code));
    }
}
