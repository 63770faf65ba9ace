using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Rollouts;

public sealed class RolloutsTests(PostgresFixture postgres) : ApiTest(postgres)
{
    [Fact]
    public async Task A_rollout_is_started_looked_at_moved_and_rolled_back()
    {
        var api = await StartAsync();
        var path = "/api/rollouts/push_notifications";

        var started = await api.PostAsync($"{path}/start", new { targetStage = "BETA", autoAdvanceAfter = 3600, minSampleSize = 1, reason = "a new page" });
        var early = await api.PostAsync($"{path}/advance", new { reason = "now" });
        var forced = await api.PostAsync($"{path}/advance", new { reason = "we are few", force = true });
        var paused = await api.PostAsync($"{path}/pause", new { reason = "lunch" });
        var illegal = await api.PostAsync($"{path}/advance", new { reason = "more" });
        await api.PostAsync($"{path}/resume", new { reason = "back" });
        var judged = await api.PostAsync($"{path}/check", new { });
        var shown = await api.GetAsync(path);
        var rolledBack = await api.PostAsync($"{path}/rollback", new { reason = "enough" });
        var over = await api.PostAsync($"{path}/check", new { });

        Assert.Equal((200, "RUNNING", "INTERNAL", "BETA", "3600"), (started.Status, started.Text("state"), started.Text("stage"), started.Text("targetStage"), started.Json.GetProperty("options").GetProperty("autoAdvanceAfter").GetRawText()));
        Assert.Equal((409, "wrong_state"), (early.Status, early.Code));
        Assert.Equal(("BETA", "10"), (forced.Text("stage"), forced.Json.GetProperty("percent").GetRawText()));
        Assert.Equal(("PAUSED", """["resume","rollback","check"]"""), (paused.Text("state"), paused.Json.GetProperty("possible").GetRawText()));
        Assert.Contains("Possible now: resume, rollback, check.", illegal.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("inconclusive", judged.Text("verdict"));
        Assert.Equal(("inconclusive", "0"), (shown.Json.GetProperty("findings")[0].GetProperty("verdict").GetString(), shown.Json.GetProperty("evidence").GetProperty("calls").GetRawText()));
        Assert.Equal(("ROLLED_BACK", "DISABLED", "enough"), (rolledBack.Text("state"), rolledBack.Text("stage"), rolledBack.Text("reason")));
        Assert.Equal(409, over.Status);
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_field_by_field_and_changes_nothing()
    {
        var api = await StartAsync();

        var bad = await api.PostAsync("/api/rollouts/push_notifications/start", new { targetStage = "DISABLED", healthCheckInterval = 1, errorThreshold = 100, minSampleSize = 0, autoAdvanceAfter = -1 });
        var unknown = await api.PostAsync("/api/rollouts/nonsense/start", new { reason = "go" });
        var never = await api.PostAsync("/api/rollouts/push_notifications/pause", new { reason = "go" });
        var missing = await api.GetAsync("/api/rollouts/push_notifications");
        var listed = await api.GetAsync("/api/rollouts");

        Assert.All(["targetStage", "healthCheckInterval", "errorThreshold", "minSampleSize", "autoAdvanceAfter", "reason"], field => Assert.NotEmpty(bad.Error(field)));
        Assert.Equal((404, 409, 404), (unknown.Status, never.Status, missing.Status));
        Assert.Contains("Possible now: start.", never.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("[]", listed.Json.GetProperty("rollouts").GetRawText());
    }

    [Fact]
    public async Task An_integration_without_credentials_or_with_a_failed_contract_suite_is_not_rolled_out()
    {
        var api = await StartAsync();

        await api.PostAsync("/api/rollouts/contract-results", new { integration = "publer", passed = 50, failed = 1, build = "abc123" });
        var nobody = await api.PostAsync("/api/rollouts/contract-results", new { integration = "nobody", passed = 50, failed = 1, build = "abc123" });
        var checks = await api.GetAsync("/api/rollouts/publer_live/validate");
        var refused = await api.PostAsync("/api/rollouts/publer_live/start", new { reason = "go" });
        await api.PostAsync("/api/flags/publer_live/kill", new { reason = "it burns" });
        var killed = await api.PostAsync("/api/rollouts/publer_live/start", new { reason = "go" });

        Assert.Equal(404, nobody.Status);
        Assert.False(checks.Json.GetProperty("ready").GetBoolean());
        Assert.Equal((409, "wrong_state"), (refused.Status, refused.Code));
        Assert.Contains("publer_live is killed", killed.Text("detail"), StringComparison.Ordinal);
        Assert.All(["PUBLER_API_KEY", "50 passed and 1 failed, of build abc123"], part => Assert.Contains(part, refused.Text("detail"), StringComparison.Ordinal));
    }
}
