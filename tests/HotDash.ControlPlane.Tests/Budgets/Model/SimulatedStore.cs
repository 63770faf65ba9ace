using HotDash.ControlPlane.Budgets;

namespace HotDash.ControlPlane.Tests.Budgets.Model;

/// <summary>A pool that is read and swapped in two steps, with everybody else's steps in between, as <see cref="BudgetStore"/> does.</summary>
internal sealed class SimulatedStore(BudgetTerms terms, Func<TimeSpan> time)
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private BudgetPool _pool = BudgetPool.New(terms, Epoch);

    public long Version { get; private set; }

    public bool IsAway { get; set; }

    public DateTimeOffset Now => Epoch + time();

    public IReadOnlyList<BudgetShare> Shares => _pool.Shares;

    public BudgetPool Read() => new(_pool.Terms, [.. _pool.Slots], [.. _pool.Shares]);

    public bool Swap(BudgetPool pool, long version)
    {
        if (version != Version)
            return false;

        (_pool, Version) = (pool, version + 1);
        return true;
    }
}
