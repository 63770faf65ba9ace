namespace HotDash.ControlPlane.Budgets;

internal static class BudgetTiming
{
    /// <summary>A share may be used for so long after its last renewal began, by its process's own monotonic clock.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>Others wait for so much longer, by the database's clock: that clock may be set forward, and pauses happen between a take and the wire.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan Renew = TimeSpan.FromSeconds(1);

    /// <summary>Tokens are handed out so long before they may be used: a process never waits for the store when they may.</summary>
    public static readonly TimeSpan Ahead = Renew * 2.5;

    /// <summary>What cannot be divided evenly goes to another process after so long.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <summary>The store has answered by then, or is taken for away.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);
}
