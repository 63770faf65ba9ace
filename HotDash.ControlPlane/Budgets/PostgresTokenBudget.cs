using System.Collections.Frozen;
using HotDash.Integrations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Budgets;

/// <summary>
/// The fleet's budgets: no window of a provider's length, wherever it begins, holds more calls than the provider allows.
/// </summary>
/// <remarks>
/// Why that is so:
/// <list type="number">
/// <item>A budget is a fixed number of tokens (<see cref="BudgetTerms"/>), each in the hand of one process or of nobody. There is no
/// rate and no counter that begins anew, so there is no border at which a burst could count twice.</item>
/// <item>A token that was used rests for a cycle, wherever it travels meanwhile: the provider's window, plus what one call may take
/// longer on its way than another, plus what clocks may differ in pace. So the provider sees two uses of one token at least a window
/// apart, and any window sees each token once.</item>
/// <item>Times travel as "free in so long", counted by the sender from before and by the receiver from after the message. Rest only gets longer by it.</item>
/// <item>A process uses its hand until <see cref="BudgetTiming.Lease"/> after its last renewal began, by its own monotonic clock. The store takes the hand for
/// lapsed a <see cref="BudgetTiming.Margin"/> later, counted from when it was renewed, and lets every token of it that may have been used rest for a
/// cycle from then on. So a process that is killed, frozen or cut off takes nothing that it could still use.</item>
/// <item>What a process gives back it stops using before it says so, and says again until it is confirmed; what an answer handed out that
/// was lost it never used.</item>
/// </list>
/// What cannot be promised: a process that is frozen for longer than the allowance between taking and sending sends late.
/// </remarks>
internal sealed class PostgresTokenBudget : ITokenBudget, IHostedLifecycleService, IAsyncDisposable
{
    private readonly FrozenDictionary<string, LeasedBudget> _budgets;

    public PostgresTokenBudget(
        IBudgetStore store, IEnumerable<IntegrationOptions> integrations, BudgetMetrics metrics, TimeProvider clock, ILogger<PostgresTokenBudget> logger)
    {
        var process = $"{Environment.MachineName}:{Environment.ProcessId}";
        _budgets = integrations
            .Where(options => options.Limit is not null)
            .ToFrozenDictionary(
                options => options.Key,
                options => new LeasedBudget(options.Key, new(options.Limit!.Requests, options.Limit.Window), process, store, metrics, clock, logger),
                StringComparer.Ordinal);
    }

    public ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct) =>
        _budgets.TryGetValue(integration, out var budget) ? budget.TryTakeAsync(cost, ct) : new((TimeSpan?)null);

    public void Report(string integration, BudgetReading reading)
    {
        if (_budgets.TryGetValue(integration, out var budget))
            budget.Hear(reading);
    }

    /// <summary>After everything that makes calls has stopped.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var budget in _budgets.Values)
            await budget.DisposeAsync();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
