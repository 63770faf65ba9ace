using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.DeadLetters;

public sealed class ReplayTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_letter_is_sent_once_and_settled_with_who_asked_and_why()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        var (first, second) = (await world.KeepAsync("a"), await world.KeepAsync("b"));

        var id = await world.StartAsync();
        await world.RunForAsync(Minute);

        Assert.Equal(["a", "b"], world.Provider.Effects.Order());
        Assert.Equal((ReplayState.Done, new ReplayProgress(2, 2, 0, 0, 0)), await EndAsync(world, id));
        var letter = await world.LetterAsync(first);
        Assert.Equal((LetterState.Replayed, "Ada", "again", 4), (letter.State, letter.SettledBy, letter.SettledReason, letter.Attempts));
        Assert.Equal(LetterState.Replayed, await world.StateAsync(second));
    }

    [Fact]
    public async Task A_preview_looks_up_what_is_unknown_and_changes_and_sends_nothing()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        world.Provider.Effects.Add("there");
        var there = await world.KeepAsync("there", unknown: true);
        await world.KeepAsync("missing", unknown: true);
        await world.KeepAsync("foreign", unknown: true, operation: "set-labels");
        await world.KeepAsync("pending");

        var id = await world.PreviewAsync();
        await world.RunForAsync(Minute);

        var replay = await world.ReplayAsync(id);
        Assert.Equal((ReplayState.Preview, new ReplayLook(0, 1, 1, 1)), (replay.State, replay.Look));
        Assert.Equal(["there"], world.Provider.Effects);
        Assert.Equal(LetterState.Unknown, await world.StateAsync(there));
    }

    [Fact]
    public async Task What_had_its_effect_already_is_not_sent()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        world.Provider.Effects.Add("a");
        var letter = await world.KeepAsync("a", unknown: true);

        var id = await world.StartAsync();
        await world.RunForAsync(Minute);

        Assert.Equal(["a"], world.Provider.Effects);
        Assert.Equal((ReplayState.Done, new ReplayProgress(1, 0, 1, 0, 0)), await EndAsync(world, id));
        Assert.Equal(LetterState.Replayed, await world.StateAsync(letter));
    }

    [Fact]
    public async Task What_is_missing_is_sent_only_when_its_effect_would_surely_show()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        await world.KeepAsync("a", unknown: true);

        await world.StartAsync();
        await world.RunForAsync(world.Options.SettleWindow - TimeSpan.FromSeconds(1));
        Assert.Empty(world.Provider.Effects);
        await world.RunForAsync(Minute);

        Assert.Equal(["a"], world.Provider.Effects);
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_effect_is_found_and_not_sent_again()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        world.Provider.AfterEffect = _ => Lost();
        var letter = await world.KeepAsync("a");

        var id = await world.StartAsync();
        await world.RunForAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(LetterState.Unknown, await world.StateAsync(letter));
        await world.RunForAsync(5 * Minute);

        Assert.Equal(["a"], world.Provider.Effects);
        Assert.Equal((ReplayState.Done, new ReplayProgress(1, 0, 1, 0, 0)), await EndAsync(world, id));
    }

    [Fact]
    public async Task A_call_that_is_lost_each_time_is_given_up_but_known_to_have_had_no_effect()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        var calls = 0;
        world.Provider.BeforeEffect = _ =>
        {
            calls++;
            return Lost();
        };
        var letter = await world.KeepAsync("a");

        var id = await world.StartAsync();
        await world.RunForAsync(10 * Minute);

        Assert.Equal(world.Options.MaxSends, calls);
        Assert.Equal((ReplayState.Done, new ReplayProgress(1, 0, 0, 1, 0)), await EndAsync(world, id));
        Assert.Equal(LetterState.Pending, await world.StateAsync(letter));
    }

    [Fact]
    public async Task What_cannot_be_looked_up_is_not_sent_until_it_can()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        world.Provider.OnLook = () => new IntegrationException("chatwoot", IntegrationCodes.Unavailable, "could not serve the call", retryable: true);
        await world.KeepAsync("a", unknown: true);

        var id = await world.StartAsync();
        await world.RunForAsync(10 * Minute);
        var waiting = await world.ReplayAsync(id);
        world.Provider.OnLook = () => null;
        await world.RunForAsync(Minute);

        Assert.Equal((ReplayState.Running, 1), (waiting.State, waiting.Progress.Open));
        Assert.Contains("could not serve", waiting.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], world.Provider.Effects);
    }

    [Fact]
    public async Task A_replay_stops_itself_when_too_many_fail_again_and_goes_on_when_it_is_started_again()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        for (var number = 0; number < 30; number++)
            await world.KeepAsync($"{number}");
        world.Provider.BeforeEffect = _ => Rejected();

        var id = await world.StartAsync(stopShare: 0.5);
        await world.RunForAsync(Minute);
        var stopped = await world.ReplayAsync(id);
        world.Provider.BeforeEffect = _ => null;
        await world.Replays.StartAsync(id, "ada", Ct);
        await world.RunForAsync(Minute);

        Assert.Equal((ReplayState.Stopped, 10, "10 of 10 failed again."), (stopped.State, stopped.Progress.Failed, stopped.Message));
        Assert.Equal((ReplayState.Done, new ReplayProgress(30, 20, 0, 10, 0)), await EndAsync(world, id));
    }

    [Fact]
    public async Task A_letter_that_fails_again_says_why_and_stays()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        world.Provider.BeforeEffect = _ => Rejected();
        var id = await world.KeepAsync("a");

        await world.StartAsync();
        await world.RunForAsync(Minute);

        var letter = await world.LetterAsync(id);
        Assert.Equal((LetterState.Pending, "rejected", 4), (letter.State, letter.Failure, letter.Attempts));
    }

    [Fact]
    public async Task Limits_and_breakers_make_it_wait_and_cost_nothing()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        var calls = 0;
        world.Provider.BeforeEffect = _ => calls++ switch
        {
            0 => new RateLimitException("chatwoot", TimeSpan.FromSeconds(20)),
            1 => new CircuitBreakerOpenException("chatwoot", TimeSpan.FromSeconds(20)),
            _ => null,
        };
        var letter = await world.KeepAsync("a");

        var id = await world.StartAsync();
        await world.RunForAsync(TimeSpan.FromSeconds(30));
        var waiting = await world.ReplayAsync(id);
        await world.RunForAsync(TimeSpan.FromSeconds(20));

        Assert.Contains("Waits", waiting.Message, StringComparison.Ordinal);
        Assert.Equal((ReplayState.Done, new ReplayProgress(1, 1, 0, 0, 0)), await EndAsync(world, id));
        Assert.Equal(4, (await world.LetterAsync(letter)).Attempts);
    }

    [Fact]
    public async Task A_refused_key_stops_it_since_every_letter_would_fail_the_same_way()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        world.Provider.BeforeEffect = _ => new IntegrationException("chatwoot", IntegrationCodes.Unauthorized, "our key was refused (401)", scope: FailureScope.Integration);
        await world.KeepAsync("a");
        await world.KeepAsync("b");

        var id = await world.StartAsync();
        await world.RunForAsync(Minute);

        var replay = await world.ReplayAsync(id);
        Assert.Equal((ReplayState.Stopped, 2), (replay.State, replay.Progress.Open));
        Assert.Contains("key was refused", replay.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_replay_sends_nothing_and_goes_on_where_it_was()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        for (var number = 0; number < 4; number++)
            await world.KeepAsync($"{number}");
        var id = await world.StartAsync();
        world.Provider.AfterEffect = _ => world.Provider.Effects.Count == 2 ? Pause(world, id) : null;

        await world.RunForAsync(Minute);
        var paused = await world.ReplayAsync(id);
        await world.Replays.StartAsync(id, "ada", Ct);
        await world.RunForAsync(Minute);

        Assert.Equal((ReplayState.Paused, new ReplayProgress(4, 2, 0, 0, 0)), (paused.State, paused.Progress));
        Assert.Equal(4, world.Provider.Effects.Distinct().Count());
        Assert.Equal((ReplayState.Done, new ReplayProgress(4, 4, 0, 0, 0)), await EndAsync(world, id));
    }

    [Fact]
    public async Task What_somebody_decided_meanwhile_is_left_alone()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        var (gone, foreign) = (await world.KeepAsync("gone"), await world.KeepAsync("foreign", operation: "set-labels"));
        var id = await world.PreviewAsync();
        await world.Decisions.DiscardAsync(new([gone], null), "Bob", "no", Ct);

        await world.Replays.StartAsync(id, "ada", Ct);
        await world.RunForAsync(Minute);

        Assert.Empty(world.Provider.Effects);
        Assert.Equal((ReplayState.Done, new ReplayProgress(2, 0, 0, 0, 2)), await EndAsync(world, id));
        Assert.Equal((LetterState.Discarded, LetterState.Pending), (await world.StateAsync(gone), await world.StateAsync(foreign)));
    }

    [Fact]
    public async Task Of_two_replays_with_the_same_letters_one_sends_them()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        for (var number = 0; number < 5; number++)
            await world.KeepAsync($"{number}");

        var (first, second) = (await world.StartAsync(), await world.StartAsync());
        await world.RunForAsync(Minute);

        Assert.Equal(5, world.Provider.Effects.Count);
        var (one, other) = ((await world.ReplayAsync(first)).Progress, (await world.ReplayAsync(second)).Progress);
        Assert.Equal((5, 5, 0), (one.Replayed + other.Replayed, one.Skipped + other.Skipped, one.Open + other.Open));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public async Task A_look_during_which_another_replay_sent_the_letter_proves_nothing(int maxSends)
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        var letter = await world.KeepAsync("a", unknown: true);
        await world.PassAsync(world.Options.SettleWindow);
        await world.StartAsync();
        await world.StartAsync();
        world.Provider.AfterEffect = _ => Lost();
        world.Provider.AfterLook = async () =>
        {
            world.Provider.AfterLook = () => Task.CompletedTask;
            while (await world.ClaimAsync() is { } other)
                await world.RunAsync(other);
            world.Options.MaxSends = maxSends; // none: what was overtaken does not say "it had no effect" either
        };

        await world.RunForAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["a"], world.Provider.Effects);
        Assert.Equal(LetterState.Replayed, await world.StateAsync(letter));
    }

    /// <summary>At every point where a worker can die or freeze, with and without the effect.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_worker_that_dies_during_a_call_costs_a_look_up_and_never_a_second_effect(bool afterEffect)
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        var deaths = 0;
        Exception? Die(string text) => text == "b" && deaths++ == 0 ? new WorkerDied() : null;
        if (afterEffect)
            world.Provider.AfterEffect = Die;
        else
            world.Provider.BeforeEffect = Die;
        foreach (var text in (string[])["a", "b", "c"])
            await world.KeepAsync(text);
        var id = await world.StartAsync();

        await world.RunAsync((await world.ClaimReplayAsync())!, dies: true);
        await world.RunForAsync(10 * Minute);

        Assert.Equal(["a", "b", "c"], world.Provider.Effects.Order());
        Assert.Equal(afterEffect ? new ReplayProgress(3, 2, 1, 0, 0) : new ReplayProgress(3, 3, 0, 0, 0), (await EndAsync(world, id)).Item2);
    }

    [Fact]
    public async Task What_a_dead_worker_left_behind_is_unknown_also_when_the_replay_was_cancelled()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        world.Provider.AfterEffect = _ => new WorkerDied();
        var letter = await world.KeepAsync("a");
        var id = await world.StartAsync();
        await world.RunAsync((await world.ClaimReplayAsync())!, dies: true);
        await world.Replays.CancelAsync(id, "ada", Ct);

        await world.Upkeep.ReleaseAsync(world.Options.AbandonedAfter, Ct);
        var early = await world.StateAsync(letter);
        await world.PassAsync(Minute);
        await world.Upkeep.ReleaseAsync(world.Options.AbandonedAfter, Ct);

        Assert.Equal((LetterState.Replaying, LetterState.Unknown), (early, await world.StateAsync(letter)));
    }

    [Fact]
    public async Task A_late_answer_of_a_worker_whose_letter_was_taken_over_changes_nothing()
    {
        await using var world = await ReplayWorld.CreateAsync(postgres);
        var letter = await world.KeepAsync("a");
        var id = await world.StartAsync();
        world.Provider.BeforeEffect = _ =>
        {
            world.Provider.BeforeEffect = _ => null;
            world.PassAsync(5 * Minute).GetAwaiter().GetResult(); // frozen on its way to the wire; its lease and its deadline are over
            world.RunForAsync(TimeSpan.FromSeconds(1)).GetAwaiter().GetResult();
            return Rejected();
        };

        await world.RunAsync((await world.ClaimReplayAsync())!);
        var taken = await world.LetterAsync(letter);
        await world.RunForAsync(10 * Minute);

        Assert.Equal((LetterState.Unknown, "network"), (taken.State, taken.Failure));
        Assert.Equal(["a"], world.Provider.Effects);
        Assert.Equal((ReplayState.Done, new ReplayProgress(1, 1, 0, 0, 0)), await EndAsync(world, id));
    }

    private static async Task<(ReplayState, ReplayProgress)> EndAsync(ReplayWorld world, Guid id)
    {
        var replay = await world.ReplayAsync(id);
        return (replay.State, replay.Progress);
    }

    private static NetworkException Lost() => new("chatwoot", IntegrationCodes.Network, "the connection broke", outcomeUnknown: true);

    private static IntegrationException Rejected() => new("chatwoot", IntegrationCodes.Rejected, "the call was refused (422)");

    private static Exception? Pause(ReplayWorld world, Guid id)
    {
        world.Replays.PauseAsync(id, "ada", Ct).GetAwaiter().GetResult();
        return null;
    }
}
