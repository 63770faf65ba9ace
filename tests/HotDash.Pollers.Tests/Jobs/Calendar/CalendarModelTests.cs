using HotDash.ControlPlane.Calendar;
using HotDash.TestKit;

namespace HotDash.Pollers.Tests.Jobs.Calendar;

/// <summary>
/// Plans that change while workers die and answers get lost, in an order that the seed decides. Whatever the order: in the end the
/// calendar shows each event of the last plan once, and nothing else.
/// </summary>
public sealed class CalendarModelTests(PostgresFixture postgres)
{
    private const int Steps = 80;

    private static readonly string[] Items = ["a", "b", "c"];
    private static readonly Fate[] Fates = [Fate.Delivered, Fate.Delivered, Fate.AnswerLost, Fate.Dropped, Fate.Limited, Fate.Unavailable];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_calendar_shows_the_last_plan(int seed)
    {
        await using var world = await CalendarWorld.CreateAsync(postgres);
        var random = new Random(seed);
        var wanted = Array.Empty<string>();

        for (var step = 0; step < Steps; step++)
        {
            world.Google.OnCall = _ => Task.FromResult(Fates[random.Next(Fates.Length)]);
            switch (random.Next(8))
            {
                case 0:
                    wanted = [.. Items.Where(_ => random.Next(3) > 0).Select(item => $"{item}:{item}{step}")];
                    await world.PostAsync(wanted);
                    break;
                case 1:
                    wanted = [];
                    await world.Intake.UnsyncAsync("plan", Guid.Empty, "ada", Ct);
                    break;
                case 2:
                    await DieAsync(world, afterTheEffect: random.Next(2) == 0);
                    break;
                default:
                    if (await world.ClaimAsync() is { } job)
                        await world.RunAsync(job);
                    break;
            }

            await world.PassAsync(TimeSpan.FromSeconds(random.Next(20)));
        }

        world.Google.OnCall = _ => Task.FromResult(Fate.Delivered);
        await world.RunForAsync(TimeSpan.FromHours(1));

        Assert.Equal(wanted.Select(item => item.Split(':')[1]), world.Google.Shown.Select(found => FakeCalendar.Text(found, "summary")).Order());
        Assert.Equal(wanted is [] ? PlanStatus.Unsynced : PlanStatus.Synced, (await world.PlanAsync()).Status);
        Assert.Empty(await world.LettersAsync());
    }

    /// <summary>A worker dies in its first call: nobody writes down how its job ended, and its lease has to run out.</summary>
    private static async Task DieAsync(CalendarWorld world, bool afterTheEffect)
    {
        if (await world.ClaimAsync() is not { } job)
            return;

        world.Google.OnCall = _ => afterTheEffect ? Task.FromResult(Fate.Delivered) : throw new WorkerDiedException();
        world.Google.OnEffect = _ => throw new WorkerDiedException();
        await Record.ExceptionAsync(() => world.RunAsync(job)); // a job that has nothing to do makes no call
        world.Google.OnEffect = _ => Task.CompletedTask;
    }

    private sealed class WorkerDiedException : Exception;
}
