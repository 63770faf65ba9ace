using System.Globalization;
using HotDash.ControlPlane.Alerts;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.Api.Tests.Features.Alerts;

public sealed class AlertsTests(PostgresFixture postgres) : ApiTest(postgres)
{
    [Fact]
    public async Task An_alert_is_seen_acknowledged_and_silenced()
    {
        var api = await StartAsync(("ALERT_WEBHOOK_URL", "https://receiver.example/alerts"), ("ALERT_WEBHOOK_SECRET", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"));
        await OpenAlertAsync(api);

        var indicators = await api.GetAsync("/api/indicators");
        var listed = await api.GetAsync("/api/alerts?state=open&indicator=refused-credentials&subject=chatwoot");
        var id = listed.Json.GetProperty("alerts")[0].GetProperty("id").GetString();
        var acknowledged = await api.PostAsync($"/api/alerts/{id}/acknowledge", new { reason = "I look" });
        var until = DateTimeOffset.UtcNow.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var silenced = await api.PostAsync($"/api/alerts/{id}/silence", new { until, reason = "known" });
        await ExecuteAsync("update alerts set resolved_at = now(), resolved_why = 'it was well'");
        var late = await api.PostAsync($"/api/alerts/{id}/acknowledge", new { });
        var shown = await api.GetAsync($"/api/alerts/{id}");
        var receiver = await api.GetAsync("/api/integrations/alert-webhook");

        var refused = Assert.Single(indicators.Json.GetProperty("indicators").EnumerateArray(), one => one.GetProperty("name").GetString() is "refused-credentials");
        Assert.Equal("""[{"subject":"chatwoot","value":3,"sample":3,"standing":"bad"}]""", refused.GetProperty("values").GetRawText());
        Assert.Equal(("acknowledged", "I look"), (acknowledged.Text("state"), acknowledged.Text("acknowledgedReason")));
        Assert.Equal((until, "known"), (silenced.Text("silencedUntil"), silenced.Text("silencedReason")));
        Assert.Equal((409, "wrong_state"), (late.Status, late.Code));
        Assert.Equal(("resolved", "it was well"), (shown.Text("state"), shown.Text("resolvedReason")));
        Assert.Equal((200, 2), (receiver.Status, await CountAsync("alert_messages")));
    }

    [Fact]
    public async Task What_is_asked_wrongly_is_said_field_by_field()
    {
        var api = await StartAsync();
        var nobody = $"/api/alerts/{Guid.NewGuid()}";

        var times = await api.GetAsync("/api/indicators?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z");
        var tooLong = await api.GetAsync("/api/indicators?from=2026-01-01T00:00:00Z&to=2026-03-01T00:00:00Z");
        var list = await api.GetAsync("/api/alerts?state=closed&indicator=nonsense&limit=0&cursor=x");
        var past = await api.PostAsync($"{nobody}/silence", new { until = "2026-01-01T00:00:00Z" });
        var far = await api.PostAsync($"{nobody}/silence", new { until = "2126-01-01T00:00:00Z", reason = "for ever" });
        var missing = await api.PostAsync($"{nobody}/acknowledge", new { });
        await api.UseKeyAsync("read");
        var readOnly = await api.PostAsync($"{nobody}/acknowledge", new { });

        Assert.Equal(("must be earlier than to.", "must be at most 31 days before to."), (times.Error("from"), tooLong.Error("from")));
        Assert.All(["state", "indicator", "limit", "cursor"], field => Assert.NotEmpty(list.Error(field)));
        Assert.Equal(("must be in the future.", "must be at most 30 days ahead."), (past.Error("until"), far.Error("until")));
        Assert.NotEmpty(past.Error("reason"));
        Assert.Equal((404, 404, 403), (missing.Status, (await api.GetAsync("/api/alerts/nonsense")).Status, readOnly.Status));
    }

    /// <summary>Calls that were refused, and what the job makes of them.</summary>
    private async Task OpenAlertAsync(ApiUnderTest api)
    {
        await ExecuteAsync("insert into outcomes (at, integration, operation, source, kinds, latencies) values (now(), 'chatwoot', 'list', 'chatwoot', '{0,3}', '{}')");
        await api.Services.GetRequiredService<AlertChecks>().RunAsync(async (work, ct) =>
        {
            await using var connection = await api.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await work(transaction);
            await transaction.CommitAsync(ct);
        }, Ct);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
