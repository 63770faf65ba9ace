using HotDash.ControlPlane.Alerts;
using HotDash.Integrations;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Alerts;

public sealed class AlertLifeTests(PostgresFixture postgres) : AlertTest(postgres)
{
    [Fact]
    public async Task It_opens_is_acknowledged_and_resolves_and_the_audit_knows()
    {
        await CallAsync("chatwoot", 0, (OutcomeKind.Ok, 900), (OutcomeKind.RateLimited, 150));
        await CheckAsync(0);
        await CheckAsync(1);
        var opened = await LivingAsync("rate-limited");
        await Decisions.AcknowledgeAsync(opened.Id, "ada", "I look", Ct);
        await Decisions.AcknowledgeAsync(opened.Id, "bob", null, Ct);
        var acknowledged = (await Alerts.FindAsync(opened.Id, Ct))!;

        await CallAsync("chatwoot", -20, (OutcomeKind.Ok, 1000));
        for (var minute = 20; minute <= 30; minute += 2)
            await CheckAsync(minute);
        var resolved = (await Alerts.FindAsync(opened.Id, Ct))!;

        Assert.Equal("chatwoot: 14.29 % of the calls were refused for want of rate limit (of 1050); the limit is 10 %", opened.Summary);
        Assert.Equal(["/api/integrations/chatwoot", "/api/dead-letters?integration=chatwoot"], opened.Links);
        Assert.Equal((AlertState.Acknowledged, "ada", "I look"), (acknowledged.State, acknowledged.AcknowledgedBy, acknowledged.AcknowledgedReason));
        Assert.Equal((AlertState.Resolved, "it was well for 10 minutes"), (resolved.State, resolved.ResolvedReason));
        Assert.Equal("open HotDash,acknowledge ada,resolve HotDash", await ScalarAsync<string>(
            "select string_agg(action || ' ' || actor, ',' order by id) from audit_entries where kind = 'alert' and object_id = @id", new { id = opened.Id.ToString() }));
        Assert.Equal(AlertDecision.Resolved, await Decisions.AcknowledgeAsync(opened.Id, "eve", null, Ct));
    }

    [Fact]
    public async Task A_check_that_dies_leaves_nothing_and_the_next_one_finds_the_same()
    {
        await CallAsync("chatwoot", 0, (OutcomeKind.Unauthorized, 1));

        await CheckAsync(0, dies: true);
        var (alerts, entries) = (await AllAsync(), await ScalarAsync<long>("select count(*) from audit_entries"));
        await CheckAsync(1);

        Assert.Empty(alerts);
        Assert.Equal(0, entries);
        Assert.Equal("refused-credentials", Assert.Single(await AllAsync()).Indicator);
    }

    [Fact]
    public async Task A_silence_outlives_the_alert_that_it_was_asked_for_until_its_time_is_over()
    {
        await CallAsync("chatwoot", 0, (OutcomeKind.Unauthorized, 1));
        await CheckAsync(0);
        var until = DateTimeOffset.UtcNow.AddHours(12);
        await Decisions.SilenceAsync((await LivingAsync("refused-credentials")).Id, until, "ada", "the key is being changed", Ct);
        await CallAsync("chatwoot", -30, (OutcomeKind.Ok, 1));
        for (var minute = 30; minute <= 40; minute += 2)
            await CheckAsync(minute);
        await CallAsync("chatwoot", -50, (OutcomeKind.Unauthorized, 1));
        await CheckAsync(51);

        var again = await LivingAsync("refused-credentials");
        var all = await AllAsync();
        await ScalarAsync<int?>("update alerts set resolved_at = hotdash_now()");
        await CallAsync("chatwoot", -13 * 60, (OutcomeKind.Unauthorized, 1));
        await CheckAsync(13 * 60 + 1);

        Assert.Equal((2, AlertState.Resolved), (all.Count, all[1].State));
        Assert.Equal(("ada", "the key is being changed"), (again.SilencedBy, again.SilencedReason));
        Assert.Equal(until, again.SilencedUntil!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Null((await LivingAsync("refused-credentials")).SilencedUntil);
    }

    [Fact]
    public async Task Alerts_are_paged_and_filtered()
    {
        await CallAsync("chatwoot", 0, (OutcomeKind.Ok, 100), (OutcomeKind.RateLimited, 100), (OutcomeKind.Unauthorized, 100));
        await CheckAsync(0);

        var first = await Alerts.ListAsync(new(), null, 2, Ct);
        var rest = await Alerts.ListAsync(new(), (AlertPosition?)first.Next, 2, Ct);
        foreach (var alert in first.Items)
            await Decisions.AcknowledgeAsync(alert.Id, "ada", null, Ct);
        await ScalarAsync<int?>("update alerts set resolved_at = hotdash_now() where id = @Id", new { first.Items[1].Id });

        Assert.Equal(
            ["integration-errors", "rate-limited", "refused-credentials"], first.Items.Concat(rest.Items).Select(alert => alert.Indicator).Order(StringComparer.Ordinal));
        Assert.Equal(
            (rest.Items[0].Id, first.Items[0].Id, first.Items[1].Id), (await OnlyAsync(AlertState.Open), await OnlyAsync(AlertState.Acknowledged), await OnlyAsync(AlertState.Resolved)));
        Assert.Single((await Alerts.ListAsync(new(null, "rate-limited", "chatwoot"), null, 9, Ct)).Items);
        Assert.Empty((await Alerts.ListAsync(new(Subject: "publer"), null, 9, Ct)).Items);
    }

    [Fact]
    public async Task Resolved_alerts_are_deleted_in_time_with_their_messages_but_not_while_something_depends_on_them()
    {
        await ScalarAsync<int?>(
            """
            with added as (
                insert into alerts (id, indicator, subject, value, sample, threshold, worst, resolved_at, silenced_until)
                select gen_random_uuid(), 'rate-limited', subject, 1, 1, 1, 1, hotdash_now() - make_interval(days => ago), hotdash_now() + make_interval(days => silent)
                from (values ('old', 91, -1), ('recent', 89, null), ('living', null, null), ('silent', 91, 1), ('unsent', 91, null)) alert (subject, ago, silent)
                returning id, subject)
            insert into alert_messages (id, alert_id, type, body, sent_at)
            select gen_random_uuid(), id, 'alert.opened', '{}', case when subject <> 'unsent' then hotdash_now() end from added where subject in ('old', 'unsent')
            """);

        var gone = await new AlertUpkeep(Store).PruneAsync(TimeSpan.FromDays(90), 10, Ct);

        Assert.Equal((1, 1), (gone, await ScalarAsync<long>("select count(*) from alert_messages")));
        Assert.Equal(["living", "recent", "silent", "unsent"], (await AllAsync()).Select(alert => alert.Subject).Order(StringComparer.Ordinal));
    }

    private async Task<IReadOnlyList<Alert>> AllAsync() => (await Alerts.ListAsync(new(), null, 100, Ct)).Items;

    private async Task<Guid> OnlyAsync(AlertState state) => Assert.Single((await Alerts.ListAsync(new(state), null, 100, Ct)).Items).Id;

    private async Task<Alert> LivingAsync(string indicator) => Assert.Single((await Alerts.ListAsync(new(AlertState.Open, indicator), null, 100, Ct)).Items);
}
