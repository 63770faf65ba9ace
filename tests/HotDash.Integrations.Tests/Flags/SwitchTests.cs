using System.Net;
using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Flags;

public sealed class SwitchTests
{
    private readonly Board _board = new();

    [Fact]
    public async Task An_integration_follows_its_flag_at_each_call_whatever_the_settings_said_at_the_start()
    {
        await using var wired = new Wired(switches: _board);
        var publer = wired.Get<PublerOptions>();
        List<IntegrationState> states = [publer.State];

        foreach (var on in (bool[])[false, true])
        {
            _board.Set("publer_live", on);
            states.Add(publer.State);
        }

        Assert.Equal([IntegrationState.Live, IntegrationState.Mock, IntegrationState.Live], states);
    }

    [Fact]
    public async Task One_that_is_switched_on_without_credentials_says_which_are_missing()
    {
        await using var wired = new Wired(switches: _board, settings: [("PUBLER_LIVE", "false"), ("PUBLER_API_KEY", null)]);
        _board.Set("publer_live", on: true);

        Assert.Equal(IntegrationState.CredentialsMissing, wired.Get<PublerOptions>().State);
    }

    [Fact]
    public async Task What_is_always_real_is_disabled_by_its_flag_and_never_mock()
    {
        await using var wired = new Wired(switches: _board);
        _board.Set("chatwoot", on: false);

        var refusal = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<ChatwootClient>().GetProfileAsync(TestContext.Current.CancellationToken));

        Assert.Equal((IntegrationState.Disabled, IntegrationCodes.IntegrationDisabled), (wired.Get<ChatwootOptions>().State, refusal.Code));
    }

    [Fact]
    public async Task Each_unit_has_its_side_of_the_flag_and_outcomes_and_spans_tell_it()
    {
        using var wire = new StubProvider().Replies(HttpStatusCode.Unauthorized).Replies(HttpStatusCode.Unauthorized).Replies(HttpStatusCode.Unauthorized);
        using var told = new TelemetrySink();
        await using var wired = new Wired(wire, switches: _board);
        _board.Set("publer_live", on: true, but: "bob");
        var client = wired.Get<PublerClient>();

        await AskAsync(client, unit: null);
        await AskAsync(client, "ada");
        await AskAsync(client, "bob");
        await AskAsync(wired.Services.GetRequiredKeyedService<PublerClient>(ProbeRegistration.ForHealth), "bob");

        Assert.Equal(
            [("publer_live", "on", OutcomeKind.Unauthorized), ("publer_live", "on", OutcomeKind.Unauthorized), ("publer_live", "off", OutcomeKind.IntegrationDisabled),
                ("publer_live", "on", OutcomeKind.Unauthorized)],
            wired.Outcomes.All.Select(outcome => (outcome.Flag, outcome.Variant, outcome.Kind)));
        Assert.Contains("feature_flag.key=publer_live feature_flag.result.variant=off", told.Spans, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_holds_in_what_is_awaited_and_no_longer_than_its_scope()
    {
        List<CallUnit?> seen = [];
        using (CallUnit.Begin(new("ada", "beta")))
        {
            using (CallUnit.Begin(unit: null))
                seen.Add(CallUnit.Current);

            await Task.Yield();
            seen.Add(CallUnit.Current);
        }

        seen.Add(CallUnit.Current);

        Assert.Equal([null, new("ada", "beta"), null], seen);
    }

    [Fact]
    public async Task Every_integration_is_switched_by_a_flag_of_the_list()
    {
        await using var wired = new Wired(switches: _board);

        var flags = wired.Get<IEnumerable<IntegrationOptions>>().Select(options => (options.Flag, options.Flags)).ToList();

        Assert.All(flags, flag => Assert.Equal(IntegrationFlags.Find(flag.Flag)!.Variables, flag.Flags));
    }

    private static async Task AskAsync(PublerClient client, string? unit)
    {
        using var scope = CallUnit.Begin(unit is null ? null : new(unit));
        await Assert.ThrowsAsync<IntegrationException>(() => client.ListAccountsAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Board : ISwitches
    {
        private readonly Dictionary<string, (bool On, string? But)> _positions = new(StringComparer.Ordinal);

        public bool? Ask(string flag, CallUnit? unit) =>
            _positions.TryGetValue(flag, out var position) ? position.On != (unit is not null && unit.Id == position.But) : null;

        public void Set(string flag, bool on, string? but = null) => _positions[flag] = (on, but);
    }
}
