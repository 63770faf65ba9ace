using HotDash.ControlPlane.Budgets;

namespace HotDash.ControlPlane.Tests.Budgets.Model;

/// <summary>What arrived at the provider, and the check that no window holds too much of it.</summary>
internal sealed class Wire(BudgetTerms terms)
{
    private readonly List<(TimeSpan At, int Cost)> _arrivals = [];

    public IReadOnlyList<(TimeSpan At, int Cost)> Arrivals => _arrivals;

    public void Arrive(TimeSpan at, int cost) => _arrivals.Add((at, cost));

    /// <returns>The fullest window, as long as the provider's, wherever it begins.</returns>
    public int Fullest()
    {
        _arrivals.Sort();
        var (most, within, first) = (0, 0, 0);
        foreach (var (at, cost) in _arrivals)
        {
            within += cost;
            while (at - _arrivals[first].At >= terms.Window)
                within -= _arrivals[first++].Cost;

            most = Math.Max(most, within);
        }

        return most;
    }

    /// <returns>How much of the limit was used between two moments, at most 1 in the long run.</returns>
    public double Used(TimeSpan from, TimeSpan to) =>
        _arrivals.Where(arrival => arrival.At >= from && arrival.At < to).Sum(arrival => arrival.Cost) / (terms.Tokens * ((to - from) / terms.Window));
}
