namespace HotDash.ControlPlane.Budgets;

/// <summary>How much was asked for lately, as slots. Guarded by its owner.</summary>
internal sealed class Demand(TimeProvider clock)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Remembered = BudgetTiming.Renew * 2;

    private long _asked;
    private long _lastAsked;
    private int _largestRefused;
    private int _largestBefore;
    private long _since;

    /// <summary>Somebody asks, or asks again: at no cost then, since the first time counted.</summary>
    public void Add(int cost, long now) => (_asked, _lastAsked) = (_asked + cost, now);

    public void Refused(int cost) => _largestRefused = Math.Max(_largestRefused, cost);

    public bool IsRecent(long now) => _lastAsked != 0 && clock.GetElapsedTime(_lastAsked, now) < Remembered;

    /// <summary>What will be needed until the next exchange but one, if it goes on like this; begins a new count.</summary>
    /// <returns>Zero when nobody has asked for a while.</returns>
    public (int Wants, int Needs) Measure(BudgetTerms terms, long now)
    {
        var elapsed = clock.GetElapsedTime(_since, now);
        var ahead = terms.Cycle < BudgetTiming.Ahead ? terms.Cycle : BudgetTiming.Ahead;
        var asked = _asked * Math.Max(1, ahead / (elapsed > Shortest ? elapsed : Shortest));
        var needs = terms.SlotsFor(Math.Max(_largestRefused, _largestBefore));
        if (needs > 0 && needs < terms.Slots && terms.Tokens > terms.Slots)
            needs++; // one of them may be used in part
        (_since, _asked, _largestBefore, _largestRefused) = (now, 0, _largestRefused, 0);

        return IsRecent(now) ? (Math.Max(terms.SlotsFor((long)Math.Ceiling(asked)), Math.Max(1, needs)), needs) : (0, 0);
    }
}
