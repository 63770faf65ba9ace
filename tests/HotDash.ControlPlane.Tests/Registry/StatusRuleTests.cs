using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Budgets;
using HotDash.ControlPlane.Pauses;
using HotDash.ControlPlane.Registry;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Tests.Registry;

public sealed class StatusRuleTests
{
    private static readonly DateTimeOffset Then = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly PauseView ByPerson = new("publer", null, "maintenance", "Ada", Then, null, 0);
    private static readonly PauseView ByHotDash = new("publer", "timeout", "most of its calls failed (timeout)", "HotDash", Then, Then, 0);
    private static readonly FleetBreaker Open = new("publer", BreakerState.Open, []);
    private static readonly BudgetView UsedUp = new("publer", 100, TimeSpan.FromMinutes(2), 0, TimeSpan.FromSeconds(3), []);

    [Fact]
    public void What_is_switched_off_is_disabled_whatever_else_there_is() =>
        Expect(IntegrationStatus.Disabled, Integration.Off, ByPerson, Open, UsedUp, Failing("unauthorized"), toDo: "PUBLER_LIVE=true");

    [Fact]
    public void What_a_person_disconnected_is_disconnected_since_then() =>
        Expect(IntegrationStatus.Disconnected, Integration.Live, ByPerson, Open, UsedUp, Failing("unauthorized"), Then, "/connect");

    [Fact]
    public void Without_credentials_it_is_an_error_that_names_them() =>
        Expect(IntegrationStatus.Error, Integration.WithoutCredentials, null, null, null, null, toDo: "PUBLER_API_KEY and PUBLER_WORKSPACE_ID");

    [Fact]
    public void What_is_paused_since_calls_fail_is_an_error_although_its_probes_pass() =>
        Expect(IntegrationStatus.Error, Integration.Live, ByHotDash, null, null, Passing(), Then, "/connect");

    [Fact]
    public void An_open_breaker_is_an_error_although_probes_pass() =>
        Expect(IntegrationStatus.Error, Integration.Live, null, Open, null, Passing(), toDo: "/connect");

    [Fact]
    public void A_probe_that_fails_is_an_error_since_it_does_and_says_what_to_do() =>
        Expect(IntegrationStatus.Error, Integration.Live, null, null, UsedUp, Failing("unauthorized"), Then, "look at the key");

    [Fact]
    public void A_probe_for_which_the_limit_left_nothing_is_no_error() =>
        Expect(IntegrationStatus.RateLimited, Integration.Live, null, null, null, Failing("rate_limited"), toDo: "Integrations:Limits:publer");

    [Fact]
    public void A_limit_that_is_used_up_shows() =>
        Expect(IntegrationStatus.RateLimited, Integration.Live, null, null, UsedUp, Passing(), toDo: "Integrations:Limits:publer");

    [Fact]
    public void What_nobody_has_looked_at_since_it_was_connected_is_connecting() =>
        Expect(IntegrationStatus.Connecting, Integration.Live, null, null, null, null, toDo: "check it");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_seen_long_ago_says_nothing(bool ok) => Expect(
        IntegrationStatus.Connecting, Integration.Live, null, null, null, (ok ? Passing() : Failing("unauthorized")) with { Age = StatusRule.Grace + TimeSpan.FromMinutes(1) }, Then.AddMinutes(1), "pollers");

    [Fact]
    public void What_passes_its_probes_is_connected_since_it_does() =>
        Expect(IntegrationStatus.Connected, Integration.Live, null, null, UsedUp with { Left = 1 }, Passing(), Then);

    private static void Expect(
        IntegrationStatus status, IntegrationOptions integration, PauseView? pause, FleetBreaker? breaker, BudgetView? budget, LastHealth? health,
        DateTimeOffset? since = null, string? toDo = null)
    {
        var standing = StatusRule.Of(integration, pause, breaker, budget, health);

        Assert.Equal((status, since), (standing.Status, standing.Since));
        if (toDo is null)
            Assert.Equal((null, null), (standing.Reason, standing.ToDo));
        else
            Assert.Contains(toDo, standing.ToDo, StringComparison.Ordinal);
    }

    private static LastHealth Passing() => Health(new ProbeResult("Can fetch accounts", ProbeOutcome.Ok, TimeSpan.Zero));

    private static LastHealth Failing(string code) =>
        Health(new ProbeResult("Cannot fetch accounts", ProbeOutcome.Failed, TimeSpan.Zero, code, "it did not work", "look at the key"));

    private static LastHealth Health(ProbeResult probe) => new(new("publer", [probe]), Then.AddMinutes(1), Then, TimeSpan.FromSeconds(20));
}
