namespace HotDash.ControlPlane.Budgets;

/// <summary>How much was asked for lately, as slots. Guarded by its owner.</summary>
internal sealed class Demand(TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private long _asked;
    private int _largestRefused;
    private int _largestBefore;
    private long _since;
    private int _quiet = 2;

    public bool IsRecent => _asked > 0 || _quiet < 2;

    public void Add(int cost) => _asked += cost;

    public void Refused(int cost) => _largestRefused = Math.Max(_largestRefused, cost);

    /// <summary>What will be needed until the next exchange but one, if it goes on like this; begins a new count.</summary>
    /// <returns>Zero after two counts without a wish.</returns>
    public (int Wants, int Needs) Measure(BudgetTerms terms, long now)
    {
        _quiet = _asked > 0 ? 0 : Math.Min(_quiet + 1, 2);
        var elapsed = clock.GetElapsedTime(_since, now);
        var ahead = terms.Cycle < BudgetTiming.Ahead ? terms.Cycle : BudgetTiming.Ahead;
        var asked = _asked * Math.Max(1, ahead / (elapsed > Shortest ? elapsed : Shortest));
        var needs = terms.SlotsFor(Math.Max(_largestRefused, _largestBefore));
        (_since, _asked, _largestBefore, _largestRefused) = (now, 0, _largestRefused, 0);

        return _quiet == 2 ? (0, 0) : (Math.Max(terms.SlotsFor((long)Math.Ceiling(asked)), Math.Max(1, needs)), needs);
    }
}
