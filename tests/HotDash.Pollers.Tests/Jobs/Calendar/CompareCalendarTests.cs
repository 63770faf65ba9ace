using HotDash.ControlPlane.Calendar;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Calendar;

public sealed class CompareCalendarTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Nothing_is_read_while_nothing_of_ours_is_there()
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);

        await world.CompareAsync();

        Assert.Empty(world.Google.Calls);
    }

    [Fact]
    public async Task What_somebody_changes_and_deletes_there_is_told_and_what_he_takes_back_is_not()
    {
        await using var world = await SyncedAsync("a:Teaser", "b:Launch", "c:Review");
        await world.CompareAsync();
        var untouched = await world.PlanAsync();

        world.Google.Change(CalendarWorld.IdOf("a"), "summary", "Tease");
        world.Google.Change(CalendarWorld.IdOf("a"), "colorId", "2");
        world.Google.Change(CalendarWorld.IdOf("b"), "status", "cancelled");
        world.Google.Change(CalendarWorld.IdOf("c"), "location", "Berlin");
        await world.CompareAsync();
        var changed = await world.PlanAsync();
        world.Google.Change(CalendarWorld.IdOf("a"), "summary", "Teaser");
        world.Google.Change(CalendarWorld.IdOf("a"), "colorId", "11");
        world.Google.Change(CalendarWorld.IdOf("b"), "status", "confirmed");
        await world.CompareAsync();

        Assert.Equal((PlanStatus.Synced, world.Now), (untouched.Status, untouched.ComparedAt));
        Assert.Equal(PlanStatus.Differs, changed.Status);
        Assert.Equal([PlanEntryStatus.ChangedThere, PlanEntryStatus.DeletedThere, PlanEntryStatus.Synced], changed.Entries.Select(entry => entry.Status));
        Assert.Equal(["title", "color"], changed.Entries[0].ChangedThere);
        Assert.Equal(PlanStatus.Synced, (await world.PlanAsync()).Status);
    }

    [Fact]
    public async Task Only_what_changed_since_is_read_and_everything_when_the_token_has_expired()
    {
        await using var world = await SyncedAsync("a:Teaser");
        await world.CompareAsync();
        world.Google.Change(CalendarWorld.IdOf("a"), "summary", "Tease");
        world.Google.OldestToken = int.MaxValue;

        await world.CompareAsync();

        Assert.Equal(["POST events", "GET events", "GET events", "GET events"], world.Google.Calls);
        Assert.Equal(PlanEntryStatus.ChangedThere, (await world.PlanAsync()).Entries.Single().Status);
    }

    [Fact]
    public async Task What_somebody_changed_stays_unless_the_plan_may_overwrite_it()
    {
        await using var world = await SyncedAsync("a:Teaser", "b:Launch");
        world.Google.Change(CalendarWorld.IdOf("a"), "summary", "Tease");
        world.Google.Change(CalendarWorld.IdOf("b"), "status", "cancelled");
        await world.CompareAsync();

        await world.PostAsync("a:Great teaser", "b:Great launch");
        await world.RunForAsync(Minute);
        var kept = world.Google.Shown.Select(found => FakeCalendar.Text(found, "summary")).ToList();
        var differs = (await world.PlanAsync()).Status;
        await world.PostAsync(overwrite: true, "a:Great teaser", "b:Great launch");
        await world.RunForAsync(Minute);

        Assert.Equal(["Tease"], kept);
        Assert.Equal(PlanStatus.Differs, differs);
        Assert.Equal(["Great launch", "Great teaser"], world.Google.Shown.Select(found => FakeCalendar.Text(found, "summary")).Order());
        Assert.Equal(PlanStatus.Synced, (await world.PlanAsync()).Status);
    }

    [Fact]
    public async Task A_change_that_is_read_before_a_job_has_written_its_end_is_read_again()
    {
        await using var world = await SyncedAsync("a:Teaser");
        await world.PostAsync("a:Great teaser");
        var job = (await world.ClaimAsync())!;
        world.Google.OnEffect = async request =>
        {
            if (request.Method != HttpMethod.Patch)
                return;

            world.Google.OnEffect = _ => Task.CompletedTask;
            world.Google.Change(CalendarWorld.IdOf("a"), "summary", "Tease");
            await world.CompareAsync();
        };

        await world.RunAsync(job);
        var blind = (await world.PlanAsync()).Status;
        await world.CompareAsync();

        Assert.Equal(PlanStatus.Synced, blind);
        Assert.Equal(["title"], (await world.PlanAsync()).Entries.Single().ChangedThere);
    }

    private async Task<CalendarWorld> SyncedAsync(params string[] items)
    {
        var world = await CalendarWorld.CreateAsync(postgres);
        await world.PostAsync(items);
        await world.RunForAsync(Minute);
        return world;
    }
}
