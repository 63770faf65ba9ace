using Npgsql;

namespace HotDash.ControlPlane.Budgets;

/// <summary>How a budget stands now.</summary>
/// <param name="Limit">Tokens in any window of <paramref name="Window"/>.</param>
/// <param name="Left">Tokens that nobody has used within the last window: an estimate, up to a second old.</param>
/// <param name="NextFreeIn">When nothing is left: until the first token is.</param>
/// <param name="Shares">The processes that use it.</param>
public sealed record BudgetView(string Integration, int Limit, TimeSpan Window, int Left, TimeSpan? NextFreeIn, IReadOnlyList<BudgetShareView> Shares);

/// <param name="Process">Machine and process number.</param>
/// <param name="Tokens">As many as it may use without asking.</param>
/// <param name="LapsesIn">When others get them, unless it renews its share.</param>
public sealed record BudgetShareView(string Process, int Tokens, TimeSpan LapsesIn);

/// <summary>The fleet's budgets for people to look at. An integration that never made a call has none yet.</summary>
public sealed class BudgetReads(NpgsqlDataSource store)
{
    private readonly BudgetStore _store = new(store);

    public async Task<IReadOnlyList<BudgetView>> ListAsync(CancellationToken ct = default) =>
        [.. (await _store.ReadAllAsync(ct)).Select(budget => View(budget.Integration, budget.Pool, budget.Now))];

    private static BudgetView View(string integration, BudgetPool pool, DateTimeOffset now)
    {
        var resting = pool.Slots.Where(slot => slot.FreeAt > now).ToList();
        var left = Enumerable.Range(0, pool.Slots.Length).Where(i => pool.Slots[i].FreeAt <= now).Sum(pool.Terms.Capacity);

        return new(integration, pool.Terms.Tokens, pool.Terms.Window, left,
            left == 0 ? resting.Min(slot => slot.FreeAt) - now : null,
            [.. pool.Shares.Where(share => share.ExpiresAt > now).Select(share => View(pool, share, now))]);
    }

    private static BudgetShareView View(BudgetPool pool, BudgetShare share, DateTimeOffset now) => new(
        share.Process,
        Enumerable.Range(0, pool.Slots.Length).Where(i => pool.Slots[i].Holder == share.Id).Sum(pool.Terms.Capacity),
        share.ExpiresAt - now);
}
