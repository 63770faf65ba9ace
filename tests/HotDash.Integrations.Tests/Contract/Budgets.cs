using System.Collections.Concurrent;

namespace HotDash.Integrations.Tests.Contract;

internal sealed class CountingBudget : ITokenBudget
{
    public ConcurrentQueue<(string Integration, int Cost)> Taken { get; } = new();

    public ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct)
    {
        Taken.Enqueue((integration, cost));
        return new((TimeSpan?)null);
    }
}

/// <summary>Never answers.</summary>
internal sealed class StuckBudget : ITokenBudget
{
    public async ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        return null;
    }
}

/// <summary>Refuses so many times, then grants.</summary>
internal sealed class EmptyBudget(TimeSpan wait, int refusals = int.MaxValue) : ITokenBudget
{
    private int _refusals = refusals;

    public ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct) =>
        new(_refusals-- > 0 ? wait : (TimeSpan?)null);
}
