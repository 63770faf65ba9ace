using System.Net;
using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Publer;
using HotDash.TestKit;

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
    public async Task An_outcome_tells_the_flag_and_the_variant_once_somebody_has_set_the_flag()
    {
        using var wire = new StubProvider().Replies(HttpStatusCode.Unauthorized).Replies(HttpStatusCode.Unauthorized);
        await using var wired = new Wired(wire, switches: _board);

        await Record.ExceptionAsync(() => wired.Get<PublerClient>().ListAccountsAsync(TestContext.Current.CancellationToken));
        _board.Set("publer_live", on: true);
        await Record.ExceptionAsync(() => wired.Get<PublerClient>().ListAccountsAsync(TestContext.Current.CancellationToken));

        Assert.Equal([(null, null), ("publer_live", "on")], wired.Outcomes.All.Select(outcome => (outcome.Flag, outcome.Variant)));
    }

    [Fact]
    public async Task Every_integration_is_switched_by_a_flag_of_the_list()
    {
        await using var wired = new Wired(switches: _board);

        var flags = wired.Get<IEnumerable<IntegrationOptions>>().Select(options => (options.Flag, options.Flags)).ToList();

        Assert.All(flags, flag => Assert.Equal(IntegrationFlags.Find(flag.Flag)!.Variables, flag.Flags));
    }

    private sealed class Board : ISwitches
    {
        private readonly Dictionary<string, SwitchPosition> _positions = new(StringComparer.Ordinal);

        public SwitchPosition? Ask(string flag) => _positions.TryGetValue(flag, out var position) ? position : null;

        public void Set(string flag, bool on) => _positions[flag] = new(on, Set: true);
    }
}
