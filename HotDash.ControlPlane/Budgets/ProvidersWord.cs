namespace HotDash.ControlPlane.Budgets;

/// <summary>
/// What the provider last said is left of its limit: less than we believe where others spend from it too, or where it is smaller than
/// configured. Known to the process that heard it; after a window without another word everything is back.
/// </summary>
internal sealed class ProvidersWord(BudgetTerms terms, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _left;
    private long? _heardAt;

    private double PerSecond => terms.Tokens / terms.Window.TotalSeconds;

    public void Hear(double left)
    {
        lock (_gate)
            (_left, _heardAt) = (left, clock.GetTimestamp());
    }

    /// <returns>Null when so many tokens are left by now.</returns>
    public TimeSpan? WaitFor(int cost)
    {
        lock (_gate)
        {
            if (_heardAt is not { } heardAt)
                return null;

            var elapsed = clock.GetElapsedTime(heardAt);
            if (elapsed >= terms.Window)
                _heardAt = null;

            var missing = cost - _left - (elapsed.TotalSeconds * PerSecond);
            return _heardAt is null || missing <= 0 ? null : TimeSpan.FromSeconds(missing / PerSecond);
        }
    }

    public void Spend(int cost)
    {
        lock (_gate)
            _left -= cost;
    }
}
