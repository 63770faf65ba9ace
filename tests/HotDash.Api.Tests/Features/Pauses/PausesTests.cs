using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Pauses;

public sealed class PausesTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private static readonly object Idea = new { id = "gift-wrapping", title = "Gift wrapping", priority = "high" };

    [Fact]
    public async Task A_call_to_a_paused_integration_is_a_503_that_says_why()
    {
        var api = await StartAsync(SupabaseLive);
        await api.PostAsync("/api/pauses/supabase", new { reason = "the table moves" });

        var reply = await api.PostAsync("/api/analytics/idea-pool", Idea);

        Assert.Equal((503, "integration_paused"), (reply.Status, reply.Code));
        Assert.Contains("the table moves", reply.Text("detail"), StringComparison.Ordinal);
        Assert.NotNull(reply.Message.Headers.RetryAfter);
        Assert.Empty(Wire.Supabase.Requests);
    }

    [Fact]
    public async Task Who_paused_it_is_listed_until_somebody_resumes_it()
    {
        var api = await StartAsync();
        await api.PostAsync("/api/pauses/publer", new { reason = "maintenance" });

        var paused = (await api.GetAsync("/api/pauses")).Json.GetProperty("pauses")[0];
        var resumed = await api.PostAsync("/api/pauses/publer/resume", new { });
        var again = await api.PostAsync("/api/pauses/publer/resume", new { });

        Assert.Equal(("publer", "maintenance"), (paused.GetProperty("integration").GetString(), paused.GetProperty("reason").GetString()));
        Assert.StartsWith("test ", paused.GetProperty("pausedBy").GetString(), StringComparison.Ordinal);
        Assert.Equal((204, 404), (resumed.Status, again.Status));
    }

    [Fact]
    public async Task Only_what_exists_is_paused_and_with_a_reason()
    {
        var api = await StartAsync();

        Assert.Equal(404, (await api.PostAsync("/api/pauses/nobody", new { reason = "x" })).Status);
        Assert.NotEmpty((await api.PostAsync("/api/pauses/publer", new { })).Error("reason"));
    }
}
