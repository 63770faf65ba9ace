using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace HotDash.ControlPlane.Tests.Pauses;

public sealed class PauseBoardTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private readonly ManualTimeProvider _clock = new();

    private PauseStore Pauses => new(Store);

    [Fact]
    public async Task An_integration_most_of_whose_calls_failed_the_same_way_is_paused_for_every_process()
    {
        var board = Board(Pauses);
        Record(board, OutcomeKind.Unavailable, 11);
        Record(board, OutcomeKind.Ok, 9);

        await UntilPausedAsync(board);

        var other = Board(Pauses);
        var pause = await other.CheckAsync("publer", mayProbe: true, Ct);
        Assert.Contains("unavailable", pause!.Reason, StringComparison.Ordinal);
        Assert.InRange(pause.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        Assert.Null(await other.CheckAsync("chatwoot", mayProbe: true, Ct));
    }

    [Fact]
    public async Task None_of_the_calls_with_which_a_process_begins_overlooks_a_pause()
    {
        await Pauses.DisconnectAsync("publer", "the table moves", "Ada", Ct);
        var board = Board(Pauses);

        var pauses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => board.CheckAsync("publer", mayProbe: true, Ct).AsTask()));

        Assert.All(pauses, Assert.NotNull);
    }

    [Fact]
    public void What_fails_in_different_ways_or_in_half_of_the_calls_or_slowly_is_no_burst()
    {
        Assert.Null(Add(new(_clock), (OutcomeKind.Unavailable, 10), (OutcomeKind.Ok, 10)));
        Assert.Null(Add(new(_clock), (OutcomeKind.Unavailable, 7), (OutcomeKind.Timeout, 7), (OutcomeKind.Network, 6)));
        Assert.Null(Add(new(_clock), (OutcomeKind.Rejected, 20)));
        Assert.Null(Add(new(_clock), (OutcomeKind.RateLimited, 20)));
        Assert.Null(Add(new(_clock), (OutcomeKind.Unavailable, 19)));

        var slow = new Burst(_clock);
        Add(slow, (OutcomeKind.Unavailable, 10));
        _clock.Advance(Burst.Window + TimeSpan.FromSeconds(1));
        Assert.Null(Add(slow, (OutcomeKind.Unavailable, 10)));
    }

    [Fact]
    public void What_a_breaker_refuses_counts_as_what_opened_it() =>
        Assert.Equal(OutcomeKind.Timeout, Add(new(_clock), (OutcomeKind.Timeout, 5), (OutcomeKind.CircuitOpen, 15)));

    [Fact]
    public async Task When_its_time_has_come_one_call_of_the_fleet_goes_and_its_success_ends_the_pause()
    {
        await Pauses.PauseAsync("publer", "timeout", Ct);
        var later = new PauseStore(After(TimeSpan.FromSeconds(20)));
        var first = Board(later);
        var second = Board(later);

        var (goes, waits) = (await first.CheckAsync("publer", mayProbe: true, Ct), await second.CheckAsync("publer", mayProbe: true, Ct));
        first.Record("publer", OutcomeKind.Ok);

        Assert.Null(goes);
        Assert.NotNull(waits);
        await UntilAsync(async () => await Pauses.ListAsync(Ct) is []);
    }

    [Fact]
    public async Task The_success_of_the_call_that_went_to_see_counts_whatever_other_calls_come_to_meanwhile()
    {
        await Pauses.PauseAsync("publer", "timeout", Ct);
        var board = Board(new(After(TimeSpan.FromSeconds(20))));
        Assert.Null(await board.CheckAsync("publer", mayProbe: true, Ct));

        board.Record("publer", OutcomeKind.IntegrationPaused);
        board.Record("publer", OutcomeKind.Timeout);
        board.Record("publer", OutcomeKind.Ok);

        await UntilAsync(async () => await Pauses.ListAsync(Ct) is []);
    }

    [Fact]
    public async Task A_call_that_will_not_be_sent_is_not_the_one_that_goes_to_see()
    {
        await Pauses.PauseAsync("publer", "timeout", Ct);
        var board = Board(new(After(TimeSpan.FromSeconds(20))));

        var refused = await board.CheckAsync("publer", mayProbe: false, Ct);

        Assert.NotNull(refused);
        Assert.Null(await board.CheckAsync("publer", mayProbe: true, Ct));
    }

    [Fact]
    public async Task A_call_that_went_to_see_and_failed_makes_the_next_wait_longer()
    {
        await Pauses.PauseAsync("publer", "timeout", Ct);
        var board = Board(new(After(TimeSpan.FromSeconds(20))));

        Assert.Null(await board.CheckAsync("publer", mayProbe: true, Ct));
        board.Record("publer", OutcomeKind.Timeout);

        var pause = Assert.Single(await Pauses.ListAsync(Ct));
        Assert.Equal(1, pause.Probes);
        Assert.True(pause.ProbeAt - pause.PausedAt > TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task What_a_person_paused_only_a_person_resumes()
    {
        await Pauses.DisconnectAsync("publer", "Publer changes its api tonight", "Ada", Ct);
        var later = new PauseStore(After(TimeSpan.FromDays(1)));
        var board = Board(later);

        Assert.NotNull(await board.CheckAsync("publer", mayProbe: true, Ct));
        Assert.False(await later.RecoveredAsync("publer", Ct));
        Assert.True(await Pauses.ResumeAsync("publer", "Ada", Ct));
        await board.RefreshAsync();
        Assert.Null(await board.CheckAsync("publer", mayProbe: true, Ct));
    }

    [Fact]
    public async Task While_the_store_is_away_calls_go_as_before()
    {
        var board = Board(new(Away()));

        Assert.Null(await board.CheckAsync("publer", mayProbe: true, Ct));
        Record(board, OutcomeKind.Unavailable, 40);
        Assert.Null(await board.CheckAsync("publer", mayProbe: true, Ct));
    }

    private PauseBoard Board(PauseStore store) => new(store, _clock, NullLogger<PauseBoard>.Instance);

    private static void Record(PauseBoard board, OutcomeKind kind, int times)
    {
        for (var time = 0; time < times; time++)
            board.Record("publer", kind);
    }

    private static OutcomeKind? Add(Burst burst, params (OutcomeKind Kind, int Times)[] calls) =>
        calls.SelectMany(call => Enumerable.Repeat(call.Kind, call.Times)).Aggregate((OutcomeKind?)null, (found, kind) => burst.Add(kind) ?? found);

    private static Task UntilPausedAsync(PauseBoard board) => UntilAsync(async () =>
    {
        await board.RefreshAsync();
        return board.IsPaused("publer");
    });

    /// <summary>The board writes in the background.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
            await Task.Yield();
    }
}
