using System.Net;
using System.Net.Http.Json;
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
        await api.PostAsync("/api/flags/idea_pool_supabase/enable", new { percent = 100, reason = "the table is there" });
        await api.GetAsync("/api/analytics/idea-pool");

        Assert.Equal(("mock", 0), (before.Text("source"), asked));
        Assert.NotEmpty(Wire.Supabase.Requests);
    }

    [Fact]
    public async Task A_kill_switch_takes_it_back_whatever_the_environment_says()
    {
        var api = await StartAsync(SupabaseLive);
        await api.PostAsync("/api/flags/idea_pool_supabase/kill", new { reason = "it burns" });

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
        await api.PostAsync("/api/flags/chatwoot/kill", new { reason = "it burns" });

        var reply = await api.GetAsync("/api/support/conversations");

        Assert.Equal((503, "integration_disabled"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_share_of_the_callers_is_live_and_the_others_are_answered_from_mock()
    {
        var api = await StartAsync(Credentials);
        var caller = await api.UseKeyAsync();
        await api.PostAsync("/api/flags/idea_pool_supabase/enable", new { percent = 50, reason = "half of them" });
        Wire.Supabase.Replies(HttpStatusCode.OK, "[]", ("Content-Range", "*/0")).Replies(HttpStatusCode.OK, "[]", ("Content-Range", "*/0"));

        var side = await IsOnAsync(api, "idea_pool_supabase", $"{caller}");
        var live = await AsksAsync();
        await api.Http.PutAsJsonAsync($"/api/flags/idea_pool_supabase/overrides/{caller}", new { on = !side, reason = "the other half" }, Ct);
        var liveByOverride = await AsksAsync();
        var listed = await api.GetAsync("/api/integrations/supabase");

        Assert.Equal((side, !side), (live, liveByOverride));
        Assert.True(listed.Json.GetProperty("integration").GetProperty("flag").GetProperty("on").GetBoolean());

        async Task<bool> AsksAsync()
        {
            var before = Wire.Supabase.Requests.Count;
            await api.GetAsync("/api/analytics/idea-pool");
            return Wire.Supabase.Requests.Count > before;
        }
    }

    [Fact]
    public async Task A_share_of_the_posts_is_live_whoever_sends_them()
    {
        var api = await StartAsync([.. PublerLive.Skip(1)]);
        Wire.Publer.Replies(HttpStatusCode.OK, """[{"id":"acc-1","provider":"facebook","name":"Shop"}]""");
        await api.PostAsync("/api/flags/publer_live/enable", new { percent = 50, reason = "half of them" });

        List<string> posts = [];
        while (posts.Count < 8)
            posts.Add((await api.PostAsync("/api/social/post", new { text = $"Hello {posts.Count}", accountIds = new[] { "acc-1" } })).Text("jobId")!);

        foreach (var live in posts.Where(post => !post.StartsWith("mock-", StringComparison.Ordinal)))
            Assert.True(await IsOnAsync(api, "publer_live", live));
        Assert.Equal(await CountAsync("jobs"), posts.Count(post => !post.StartsWith("mock-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task While_a_flag_is_on_for_a_cohort_alone_what_its_keys_ask_and_post_is_live_and_nobody_elses()
    {
        var api = await StartAsync([.. Credentials, .. PublerLive.Skip(1)]);
        Wire.Supabase.Replies(HttpStatusCode.OK, "[]", ("Content-Range", "*/0")).Replies(HttpStatusCode.OK, "[]", ("Content-Range", "*/0"));
        Wire.Publer.Replies(HttpStatusCode.OK, """[{"id":"acc-1","provider":"facebook","name":"Shop"}]""");
        foreach (var flag in (string[])["idea_pool_supabase", "publer_live"])
            await api.PostAsync($"/api/rollouts/{flag}/start", new { reason = "first among us" });

        List<(bool LiveRead, bool LivePost)> seen = [];
        foreach (var cohort in (string?[])[null, "beta", "internal"])
        {
            await api.UseKeyOfAsync(cohort);
            await api.GetAsync("/api/analytics/idea-pool");
            var post = await api.PostAsync("/api/social/post", new { text = "Hello", accountIds = new[] { "acc-1" } });
            seen.Add((Wire.Supabase.Requests.Count > 0, !post.Text("jobId")!.StartsWith("mock-", StringComparison.Ordinal)));
        }

        Assert.Equal([(false, false), (false, false), (true, true)], seen);
    }

    private static async Task<bool> IsOnAsync(ApiUnderTest api, string flag, string user) =>
        (await api.GetAsync($"/api/flags/{flag}/explain?user={user}")).Json.GetProperty("on").GetBoolean();
}
