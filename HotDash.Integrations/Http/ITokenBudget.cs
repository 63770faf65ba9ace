using System.Runtime.InteropServices;

namespace HotDash.Integrations;

/// <summary>The fleet's share of a provider's rate limit. Asked once per attempt, just before the wire.</summary>
public interface ITokenBudget
{
    /// <param name="integration">Key of the integration.</param>
    /// <param name="cost">Tokens that the call needs; 1 where the provider counts requests.</param>
    /// <returns>Null when they were taken; otherwise how long until they are free. Normally complete at once.</returns>
    ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct);

    /// <summary>Hands over what a reply said about the limit. Must neither block nor throw.</summary>
    void Report(string integration, BudgetReading reading)
    {
    }
}

/// <summary>A provider's own word on its limit.</summary>
/// <param name="Remaining">Tokens left.</param>
/// <param name="ResetsIn">When all of them are back, or the window ends.</param>
/// <param name="Spent">What the call really cost, where that is known only afterwards.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BudgetReading(double? Remaining, TimeSpan? ResetsIn = null, double? Spent = null);

/// <summary>Stands in where no store holds a budget: every call may go.</summary>
internal sealed class UnlimitedBudget : ITokenBudget
{
    public ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct) => new((TimeSpan?)null);
}
