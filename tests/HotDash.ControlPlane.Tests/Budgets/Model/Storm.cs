using HotDash.ControlPlane.Budgets;

namespace HotDash.ControlPlane.Tests.Budgets.Model;

/// <summary>Kills, freezes and cuts off processes, stops the store, delays messages, and changes who wants how much: all by one seed.</summary>
internal sealed class Storm(BudgetTerms terms, int seed)
{
    private readonly Random _dice = new(seed);
    private readonly BudgetWorld _world = new(terms, seed, processes: 4);
    private readonly Dictionary<SimulatedProcess, double> _eagerness = [];
    private TimeSpan _storeBackAt;

    public BudgetWorld Run(TimeSpan duration)
    {
        for (var end = _world.Time + duration; _world.Time < end;)
        {
            Trouble();
            _world.Run(TimeSpan.FromMilliseconds(_dice.Next(1, 400)), Act);
        }

        return _world;
    }

    private void Act(SimulatedProcess process)
    {
        if (_dice.NextDouble() >= _eagerness.GetValueOrDefault(process, 1))
            return;

        var cost = _dice.Next(4) == 0 ? _dice.Next(1, Math.Max(2, terms.Tokens / 3)) : 1;
        while (process.TryTake(cost) && _dice.Next(10) > 0)
            _world.Send(cost);
    }

    private void Trouble()
    {
        var process = _world.Processes[_dice.Next(_world.Processes.Count)];
        _world.Store.IsAway &= _world.Time < _storeBackAt;

        switch (_dice.Next(14))
        {
            case 0:
                _world.Processes.Remove(process);
                _world.Processes.Add(_world.NewProcess());
                break;
            case 1:
                process.FrozenUntil = _world.Time + TimeSpan.FromSeconds(_dice.NextDouble() * 9);
                break;
            case 2 or 3:
                process.IsCutOff = !process.IsCutOff;
                break;
            case 4 when _dice.Next(4) == 0:
                (_world.Store.IsAway, _storeBackAt) = (true, _world.Time + TimeSpan.FromSeconds(_dice.NextDouble() * 12));
                break;
            case 5 or 6:
                var slowest = _dice.Next(3) == 0 ? 2500 : 20;
                process.Latency = () => TimeSpan.FromMilliseconds(_dice.Next(slowest));
                break;
            case 7 or 8 or 9:
                _eagerness[process] = _dice.Next(3) == 0 ? 0 : Math.Pow(_dice.NextDouble(), 4);
                break;
            case 10 when !process.IsCutOff && !process.IsFrozen && !_world.Store.IsAway:
                process.Close();
                break;
        }
    }
}
