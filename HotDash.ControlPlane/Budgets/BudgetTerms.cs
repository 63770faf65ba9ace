namespace HotDash.ControlPlane.Budgets;

/// <summary>
/// What a provider allows, cut into slots of a few tokens each: at most 128, since every exchange with the store writes them all.
/// A bucket of capacity C that restores r a second (Shopify's points) is C tokens per C/r: whatever keeps to the window keeps to the bucket.
/// </summary>
internal sealed record BudgetTerms(int Tokens, TimeSpan Window)
{
    private const int MostSlots = 128;
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestWay = TimeSpan.FromMilliseconds(250);

    public int Slots { get; } = DivideUp(Tokens, DivideUp(Tokens, MostSlots));

    /// <summary>How long a token rests after its use: the provider's window, and <see cref="Allowance"/>.</summary>
    public TimeSpan Cycle => Window + Allowance;

    /// <summary>By how much one call may take longer to the provider than another; and a thousandth of the window, by which clocks may differ in pace.</summary>
    public TimeSpan Allowance => Window / 1000 + Max(Min(Window / 10, LongestWay), Min(Window / 4, ShortestWay));

    public int Capacity(int slot) => (int)((slot + 1L) * Tokens / Slots - (long)slot * Tokens / Slots);

    /// <summary>So many slots certainly hold this many tokens.</summary>
    public int SlotsFor(long cost) => (int)Math.Min(Slots, (cost + Tokens / Slots - 1) / (Tokens / Slots));

    private static int DivideUp(int value, int by) => (value + by - 1) / by;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
