using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.DeadLetters;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Calendar;

public sealed class SyncEventTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task A_plan_is_shown_in_the_calendar_with_one_call_per_event()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);

        await world.PostAsync("a:Teaser", "b:Launch");
        var accepted = await world.PlanAsync();
        await world.RunForAsync(Minute);

        Assert.Equal(PlanStatus.Syncing, accepted.Status);
        Assert.Equal(["POST events", "POST events"], world.Google.Calls);
        Assert.Equal(["Launch", "Teaser"], Titles(world));
        var plan = await world.PlanAsync();
        Assert.Equal((PlanStatus.Synced, "google-calendar"), (plan.Status, plan.Source));
        Assert.Equal([CalendarWorld.IdOf("a"), CalendarWorld.IdOf("b")], plan.Entries.Select(entry => entry.EventId));
        Assert.All(world.Google.Shown, found => Assert.Equal(("Winter\n• Photos", "11"), (FakeCalendar.Text(found, "description"), FakeCalendar.Text(found, "colorId"))));
    }

    [Fact]
    public async Task The_same_plan_again_calls_nobody_and_a_changed_one_changes_what_differs()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        await world.PostAsync("a:Teaser", "b:Launch", "c:Review");
        await world.RunForAsync(Minute);
        var before = world.Google.Calls.Count;

        await world.PostAsync("a:Teaser", "b:Launch", "c:Review");
        await world.RunForAsync(Minute);
        var same = world.Google.Calls.Count;
        await world.PostAsync("a:Teaser", "b:Great launch");
        await world.RunForAsync(Minute);

        Assert.Equal(before, same);
        Assert.Equal(["Great launch", "Teaser"], Titles(world));
        Assert.Equal(
            [PlanEntryStatus.Synced, PlanEntryStatus.Synced, PlanEntryStatus.Removed], (await world.PlanAsync()).Entries.Select(entry => entry.Status));
    }

    [Theory]
    [InlineData(nameof(Fate.AnswerLost))]
    [InlineData(nameof(Fate.Dropped))]
    [InlineData(nameof(Fate.Limited))]
    [InlineData(nameof(Fate.Unavailable))]
    public async Task Whatever_happens_to_a_call_the_event_is_there_once(string fate)
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        var calls = 0;
        world.Google.OnCall = _ => Task.FromResult(calls++ % 4 == 0 ? Enum.Parse<Fate>(fate) : Fate.Delivered);

        await world.PostAsync("a:Teaser");
        await world.RunForAsync(Minute);
        await world.PostAsync("a:Great teaser");
        await world.RunForAsync(Minute);

        Assert.Equal(["Great teaser"], Titles(world));
        Assert.Equal(PlanStatus.Synced, (await world.PlanAsync()).Status);
        Assert.Empty(await world.LettersAsync());
    }

    [Fact]
    public async Task A_worker_that_dies_after_its_call_is_followed_by_one_that_finds_the_event()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        await world.PostAsync("a:Teaser");
        var dying = (await world.ClaimAsync())!;
        await world.PassAsync(TimeSpan.FromMinutes(2)); // its lease is over, and another has the job
        var next = (await world.ClaimAsync())!;

        await world.RunAsync(next);
        await world.RunAsync(dying);
        await world.RunForAsync(Minute);

        Assert.Equal(["Teaser"], Titles(world));
        Assert.Equal(PlanStatus.Synced, (await world.PlanAsync()).Status);
    }

    [Fact]
    public async Task A_newer_wish_waits_until_the_call_for_the_older_one_has_ended()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        await world.PostAsync("a:Teaser");
        var older = (await world.ClaimAsync())!;
        var posted = false;
        world.Google.OnEffect = async _ =>
        {
            if (posted)
                return;

            posted = true;
            await world.PostAsync("a:Great teaser");
            await world.RunAsync((await world.ClaimAsync())!);
        };

        await world.RunAsync(older);
        var meanwhile = world.Google.Calls.Count;
        await world.RunForAsync(Minute);

        Assert.Equal(1, meanwhile);
        Assert.Equal(["Great teaser"], Titles(world));
    }

    [Fact]
    public async Task Unsyncing_deletes_what_we_made_and_nothing_else_and_it_may_come_back()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        await world.PostAsync("a:Teaser", "b:Launch");
        await world.RunForAsync(Minute);

        await world.Intake.UnsyncAsync("plan", Guid.Empty, "ada", TestContext.Current.CancellationToken);
        await world.RunForAsync(Minute);
        var gone = await world.PlanAsync();
        var shown = Titles(world);
        await world.PostAsync("a:Teaser");
        await world.RunForAsync(Minute);

        Assert.Equal(PlanStatus.Unsynced, gone.Status);
        Assert.Empty(shown);
        Assert.Equal("confirmed", FakeCalendar.Text(world.Google.Events["theirs"], "status"));
        Assert.Equal(["Teaser"], Titles(world));
    }

    [Fact]
    public async Task An_event_of_others_under_our_id_is_neither_changed_nor_deleted()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        var id = CalendarWorld.IdOf("a");
        world.Google.Change(id, "id", id);
        world.Google.Change(id, "summary", "Theirs");

        await world.PostAsync("a:Teaser");
        await world.RunForAsync(Minute);
        var letter = Assert.Single(await world.LettersAsync());
        await world.Intake.UnsyncAsync("plan", Guid.Empty, "ada", TestContext.Current.CancellationToken);
        await world.RunForAsync(Minute);

        Assert.Equal(("google-calendar", "put-event", "conflict", LetterState.Pending), (letter.Integration, letter.Operation, letter.Failure, letter.State));
        Assert.Equal(["Theirs"], Titles(world));
        Assert.Equal(PlanStatus.Unsynced, (await world.PlanAsync()).Status);
    }

    [Fact]
    public async Task What_Google_refuses_is_a_dead_letter_until_a_replay_brings_it_there()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        world.Google.OnCall = _ => Task.FromResult(Fate.Rejected);
        await world.PostAsync("a:Teaser");
        await world.RunForAsync(Minute);
        var failed = (await world.PlanAsync()).Entries.Single();

        world.Google.OnCall = _ => Task.FromResult(Fate.Delivered);
        await world.ReplayAsync();
        await world.RunForAsync(Minute);

        Assert.Equal((PlanEntryStatus.Failed, "google-calendar: the call was refused (400)."), (failed.Status, failed.Error));
        var letter = Assert.Single(await world.LettersAsync());
        Assert.Equal((failed.DeadLetterId, LetterState.Replayed), (letter.Id, letter.State));
        Assert.Equal(["Teaser"], Titles(world));
    }

    [Theory]
    [InlineData(nameof(Fate.AnswerLost), LetterState.Unknown)]
    [InlineData(nameof(Fate.Refused), LetterState.Pending)]
    public async Task What_fails_for_hours_is_a_dead_letter_that_knows_whether_it_may_be_there(string fate, LetterState state)
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        world.Google.OnCall = _ => Task.FromResult(Enum.Parse<Fate>(fate));
        await world.PostAsync("a:Teaser");

        await world.RunForAsync(Day);

        var letter = Assert.Single(await world.LettersAsync());
        Assert.Equal((state, CalendarJobs.MaxTries), (letter.State, letter.Attempts));
        Assert.Equal(PlanStatus.Failed, (await world.PlanAsync()).Status);
    }

    private static List<string?> Titles(CalendarWorld world) => [.. world.Google.Shown.Select(found => FakeCalendar.Text(found, "summary")).Order()];
}
