using HotDash.ControlPlane.DeadLetters;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.DeadLetters;

public sealed class ReplaysTests(PostgresFixture postgres) : DeadLetterTest(postgres)
{
    [Fact]
    public async Task A_preview_freezes_which_letters_it_is_about_and_counts_them_by_cause()
    {
        await KeepAsync();
        await KeepAsync();
        await KeepAsync(code: "timeout", unknown: true);
        await KeepAsync("publer");

        var id = await Replays.PreviewAsync(Matching(new() { Integration = "chatwoot" }), "Ada", "the outage is over", 0.5, Ct);
        await KeepAsync();

        var replay = (await ReplayReads.FindAsync(id!.Value, Ct))!;
        Assert.Equal((ReplayState.Preview, 3, 1), (replay.State, replay.Progress.Total, replay.Look.Due));
        Assert.Equal(("Ada", "the outage is over", 0.5), (replay.AskedBy, replay.Reason, replay.StopShare));
        Assert.Equal([("unavailable", LetterState.Pending, 2), ("timeout", LetterState.Unknown, 1)], replay.Groups!.Select(g => (g.Failure, g.State, g.Letters)));
    }

    [Fact]
    public async Task Only_letters_that_wait_for_a_decision_are_chosen()
    {
        var (open, gone) = (await KeepAsync(), await KeepAsync());
        await Decisions.DiscardAsync(Only(gone), "Ada", "not needed", Ct);

        var named = await Replays.PreviewAsync(Only(open, gone, Guid.Empty), "Ada", null, 0.2, Ct);
        var all = await Replays.PreviewAsync(Matching(new()), "Ada", null, 0.2, Ct);

        Assert.Equal(1, (await ReplayReads.FindAsync(named!.Value, Ct))!.Progress.Total);
        Assert.Equal(1, (await ReplayReads.FindAsync(all!.Value, Ct))!.Progress.Total);
    }

    [Fact]
    public async Task A_replay_is_started_paused_and_cancelled_and_then_stays_so()
    {
        var id = (await Replays.PreviewAsync(Only(await KeepAsync()), "Ada", null, 0.2, Ct))!.Value;

        Assert.Equal(ReplayChange.Refused, await Replays.PauseAsync(id, "ada", Ct));
        Assert.Equal(ReplayChange.Made, await Replays.StartAsync(id, "ada", Ct));
        Assert.Equal(ReplayChange.Made, await Replays.StartAsync(id, "ada", Ct));
        Assert.Equal(ReplayChange.Made, await Replays.PauseAsync(id, "ada", Ct));
        Assert.Equal(ReplayChange.Made, await Replays.CancelAsync(id, "ada", Ct));
        Assert.Equal(ReplayChange.Refused, await Replays.StartAsync(id, "ada", Ct));
        Assert.Equal(ReplayChange.Missing, await Replays.StartAsync(Guid.Empty, "ada", Ct));
    }

    [Fact]
    public async Task Discarding_says_who_and_why_and_leaves_what_is_settled()
    {
        var (first, second) = (await KeepAsync(), await KeepAsync());
        await Decisions.DiscardAsync(Only(first), "Ada", "a test", Ct);

        var discarded = await Decisions.DiscardAsync(Matching(new()), "Bob", "an old outage", Ct);

        Assert.Equal(1, discarded);
        Assert.Equal([("Bob", "an old outage"), ("Ada", "a test")], (await Reads.ListAsync(new(), null, 50, Ct)).Items.Select(l => (l.SettledBy, l.SettledReason)));
        Assert.Equal(LetterState.Discarded, await StateAsync(second));
    }

    [Theory]
    [InlineData(true, LetterState.Replayed)]
    [InlineData(false, LetterState.Pending)]
    public async Task A_person_who_looked_settles_what_is_unknown(bool happened, LetterState state)
    {
        var (unknown, pending) = (await KeepAsync(unknown: true), await KeepAsync());

        Assert.True(await Decisions.SettleAsync(unknown, happened, "Ada", "looked in the inbox", Ct));
        Assert.False(await Decisions.SettleAsync(pending, happened, "Ada", "looked in the inbox", Ct));

        Assert.Equal(state, await StateAsync(unknown));
        Assert.Equal(LetterState.Pending, await StateAsync(pending));
    }
}
