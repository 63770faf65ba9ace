namespace HotDash.Integrations;

/// <summary>The fleet's share of a provider's rate limit. Asked once per attempt, just before the wire.</summary>
public interface ITokenBudget
{
    /// <returns>Null when a token was taken; otherwise how long until one is free.</returns>
    ValueTask<TimeSpan?> TryTakeAsync(string integration, CancellationToken ct);
}

/// <summary>Stands in where no store holds a budget: every call may go.</summary>
internal sealed class UnlimitedBudget : ITokenBudget
{
    public ValueTask<TimeSpan?> TryTakeAsync(string integration, CancellationToken ct) => new((TimeSpan?)null);
}
