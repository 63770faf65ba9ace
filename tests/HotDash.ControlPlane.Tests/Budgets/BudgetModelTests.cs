using HotDash.ControlPlane.Budgets;
using HotDash.ControlPlane.Tests.Budgets.Model;

namespace HotDash.ControlPlane.Tests.Budgets;

/// <summary>The algorithm without a database: the real hands and the real pool, with everything between them simulated.</summary>
public sealed class BudgetModelTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<int, double> Limits => new() { { 10, 1 }, { 100, 10 }, { 3, 4 }, { 1000, 10 }, { 40, 0.5 }, { 50, 3 } };

    [Theory]
    [MemberData(nameof(Limits))]
    public void Whatever_happens_no_window_holds_more_than_the_limit(int tokens, double seconds)
    {
        var first = Environment.TickCount & 0xFFFFFF;
        var terms = new BudgetTerms(tokens, TimeSpan.FromSeconds(seconds));

        for (var seed = first; seed < first + 6; seed++)
        {
            output.WriteLine($"seed {seed}");
            var world = new Storm(terms, seed).Run(Minute * 1.5);

            Assert.InRange(world.Wire.Fullest(), 1, tokens);
        }
    }

    [Theory]
    [InlineData(10, 1, 0.7)]
    [InlineData(50, 3, 0.7)]
    [InlineData(100, 10, 0.85)]
    [InlineData(1000, 10, 0.85)]
    [InlineData(100, 120, 0.85)]
    public void Nearly_all_of_the_limit_is_used_when_everybody_wants_it(int tokens, int seconds, double goal)
    {
        var terms = new BudgetTerms(tokens, TimeSpan.FromSeconds(seconds));
        var world = new BudgetWorld(terms, seed: 1, processes: 4);

        world.Hammer(terms.Cycle * 5);

        Assert.InRange(world.Wire.Used(TimeSpan.Zero, terms.Cycle * 5), goal, 1);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(100, 10)]
    public void What_three_idle_processes_leave_one_busy_process_uses_within_seconds(int tokens, int seconds)
    {
        var terms = new BudgetTerms(tokens, TimeSpan.FromSeconds(seconds));
        var world = new BudgetWorld(terms, seed: 2, processes: 4);
        world.Hammer(TimeSpan.FromSeconds(30));
        var busy = world.Processes[0];

        world.Run(TimeSpan.FromSeconds(30), process =>
        {
            while (process == busy && process.TryTake(1))
                world.Send(1);
        });

        var after = TimeSpan.FromSeconds(34);
        Assert.InRange(world.Wire.Used(after, after + (terms.Cycle * 2)), seconds < 10 ? 0.7 : 0.85, 1.01);
    }

    [Fact]
    public void What_a_killed_process_held_is_used_by_others_when_its_lease_is_over()
    {
        var terms = new BudgetTerms(100, TimeSpan.FromSeconds(10));
        var world = new BudgetWorld(terms, seed: 3, processes: 4);
        world.Hammer(TimeSpan.FromSeconds(30));

        world.Processes.RemoveAt(0);
        world.Hammer(TimeSpan.FromSeconds(30));

        var leaseOver = TimeSpan.FromSeconds(30) + BudgetTiming.Lease + BudgetTiming.Margin;
        Assert.Equal(3, world.Store.Shares.Count);
        Assert.InRange(world.Wire.Used(leaseOver, leaseOver + (terms.Cycle * 2)), 0.85, 1);
    }

    [Fact]
    public void A_process_that_is_cut_off_sends_until_its_lease_is_over_and_not_longer()
    {
        var world = new BudgetWorld(new(10, TimeSpan.FromSeconds(1)), seed: 4, processes: 1);
        world.Hammer(TimeSpan.FromSeconds(10));

        world.Processes[0].IsCutOff = true;
        world.Hammer(TimeSpan.FromSeconds(20));

        var last = world.Wire.Arrivals.Max(arrival => arrival.At);
        Assert.InRange(last.TotalSeconds, 13, 15.5);
    }

    [Fact]
    public void Large_calls_of_several_processes_are_all_made_in_the_end()
    {
        var world = new BudgetWorld(new(1000, TimeSpan.FromSeconds(10)), seed: 5, processes: 3);
        var made = new Dictionary<SimulatedProcess, int>();

        world.Run(Minute * 2, process =>
        {
            if (process.TryTake(700))
                made[process] = made.GetValueOrDefault(process) + 1;
        });

        Assert.All(world.Processes, process => Assert.InRange(made.GetValueOrDefault(process), 1, 10));
    }

    [Fact]
    public void Of_more_processes_than_tokens_everybody_has_his_turn()
    {
        var world = new BudgetWorld(new(3, TimeSpan.FromSeconds(1)), seed: 6, processes: 5);
        var made = new Dictionary<SimulatedProcess, int>();

        world.Run(Minute * 2, process => made[process] = made.GetValueOrDefault(process) + (process.TryTake(1) ? 1 : 0));

        Assert.All(made.Values, count => Assert.InRange(count, 10, 120));
    }

    [Fact]
    public void A_changed_limit_holds_from_the_moment_that_all_processes_want_it()
    {
        var old = new BudgetTerms(100, TimeSpan.FromSeconds(2));
        var world = new BudgetWorld(old, seed: 7, processes: 2);
        world.Hammer(TimeSpan.FromSeconds(5));
        var changed = new SimulatedProcess("changed", new(10, TimeSpan.FromSeconds(2)), world.Store, () => world.Time);
        world.Processes.Add(changed);
        world.Hammer(TimeSpan.FromSeconds(10));
        var meanwhile = changed.Hand.Terms;

        world.Processes.RemoveRange(0, 2);
        world.Hammer(TimeSpan.FromSeconds(30));

        Assert.Equal(old, meanwhile);
        Assert.Equal(10, changed.Hand.Terms.Tokens);
        Assert.InRange(world.Wire.Fullest(), 90, 100);
        Assert.InRange(world.Wire.Used(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(45)), 0.07, 0.1); // of the old limit
    }
}
