using HotDash.ControlPlane.Budgets;

namespace HotDash.ControlPlane.Tests.Budgets.Model;

/// <summary>Some processes, one store, one provider, and a time that moves by the millisecond.</summary>
internal sealed class BudgetWorld
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private readonly BudgetTerms _terms;
    private readonly Random _dice;

    public BudgetWorld(BudgetTerms terms, int seed, int processes)
    {
        (_terms, _dice) = (terms, new(seed));
        Store = new(terms, () => Time);
        Wire = new(terms);
        Processes = [.. Enumerable.Range(0, processes).Select(_ => NewProcess())];
    }

    public TimeSpan Time { get; private set; }

    public SimulatedStore Store { get; }

    public Wire Wire { get; }

    public List<SimulatedProcess> Processes { get; }

    public SimulatedProcess NewProcess() => new(
        $"process-{_dice.Next(1000)}", _terms, Store, () => Time, TimeSpan.FromSeconds(_dice.Next(100_000)), 1 + ((_dice.NextDouble() - 0.5) / 5000));

    /// <summary>Everybody asks for as much as he can get.</summary>
    public void Hammer(TimeSpan duration) => Run(duration, process =>
    {
        while (process.TryTake(1))
            Send(1);
    });

    public void Run(TimeSpan duration, Action<SimulatedProcess> act)
    {
        for (var end = Time + duration; Time < end; Time += Millisecond)
        {
            foreach (var process in Processes.ToList())
            {
                process.Step();
                act(process);
            }
        }
    }

    /// <summary>The call travels for as long as is allowed, less the part that is for the clocks.</summary>
    public void Send(int cost) => Wire.Arrive(Time + ((_terms.Allowance - (_terms.Window / 1000)) * _dice.NextDouble()), cost);
}
