using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Budgets;

/// <summary>
/// This process's share of one integration's budget, renewed every second while it is used. Asks the store between renewals only
/// when the hand is empty and the store had more.
/// </summary>
internal sealed partial class LeasedBudget : IAsyncDisposable
{
    private const int Rounds = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly string _integration;
    private readonly IBudgetStore _store;
    private readonly BudgetMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ITimer _renew;
    private readonly ProvidersWord _word;
    private Task _exchange = Task.CompletedTask;
    private Exception? _failure;
    private long _failedAt;
    private bool _closed;

    public LeasedBudget(string integration, BudgetTerms terms, string process, IBudgetStore store, BudgetMetrics metrics, TimeProvider clock, ILogger logger)
    {
        (_integration, _store, _metrics, _clock, _logger) = (integration, store, metrics, clock, logger);
        Hand = new(terms, process, clock);
        _word = new(terms, clock);
        _renew = clock.CreateTimer(_ => _ = ExchangeAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        metrics.Watch(integration, Hand);
    }

    public Hand Hand { get; }

    /// <returns>Null when the tokens were taken; otherwise how long until they may be free.</returns>
    /// <exception cref="IntegrationException"><c>unavailable</c>: the lease is over and the store is away.</exception>
    public ValueTask<TimeSpan?> TryTakeAsync(int cost, CancellationToken ct)
    {
        var terms = Hand.Terms;
        if (cost < 1 || cost > terms.Tokens)
            throw new ArgumentOutOfRangeException(nameof(cost), cost, $"A call to {_integration} costs 1 to {terms.Tokens} tokens, its whole limit.");

        if (_word.WaitFor(cost) is { } wait)
            return new(wait);

        var take = Hand.TryTake(cost);
        return take.AskStore ? new(AskAsync(cost, ct)) : new(Taken(cost, take));
    }

    public void Hear(BudgetReading reading)
    {
        if (reading.Remaining is { } left)
            _word.Hear(left);
    }

    /// <summary>Gives back what is left, so that nobody waits for the lease to end.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
            _closed = true;

        await _renew.DisposeAsync();
        await _exchange;
        if (Hand.MayBeUsed)
            await RunAsync(closing: true);
    }

    private async Task<TimeSpan?> AskAsync(int cost, CancellationToken ct)
    {
        for (var round = 0; ; round++)
        {
            await ExchangeAsync().WaitAsync(ct);

            var take = Hand.TryTake(cost, again: true);
            var last = round == Rounds || _failure is not null;
            if (!take.AskStore || (last && Hand.MayBeUsed))
                return Taken(cost, take);

            if (last)
                throw new IntegrationException(_integration, IntegrationCodes.Unavailable,
                    "the store that holds the rate limit is away; nothing was sent", retryable: true, inner: _failure);
        }
    }

    private TimeSpan? Taken(int cost, Take take)
    {
        if (take.Wait is null)
            _word.Spend(cost);

        return take.Wait;
    }

    /// <summary>Joins the exchange that is under way, or begins one. Does not throw.</summary>
    private Task ExchangeAsync()
    {
        lock (_gate)
        {
            var failedJustNow = _failure is not null && _clock.GetElapsedTime(_failedAt) < Pause;
            if (!_closed && !failedJustNow && _exchange.IsCompleted)
                _exchange = RunAsync(closing: false);

            return _exchange;
        }
    }

    private async Task RunAsync(bool closing)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // whoever began it holds the gate

        var began = _clock.GetTimestamp();
        var ask = Hand.Prepare(began, closing);
        try
        {
            using var patience = new CancellationTokenSource(BudgetTiming.Patience, _clock);
            // A connection that is cut off can take long to notice its cancellation. Should it still store something, no harm is done.
            var grant = await _store.ExchangeAsync(_integration, ask, patience.Token).WaitAsync(patience.Token);
            Hand.Accept(ask, grant, began);
            Succeeded(began);
        }
        catch (Exception e) when (StoreUnavailableException.IsCause(e) || e is NpgsqlException or OperationCanceledException)
        {
            Failed(e);
        }
    }

    private void Succeeded(long began)
    {
        _metrics.Exchanged(_integration, _clock.GetElapsedTime(began), "ok");
        if (_failure is not null)
            LogBack(_integration);

        _failure = null;
        if (Hand.HoldsTooMuch)
            RenewIn(TimeSpan.FromMilliseconds(20));
        else if (Hand.IsOpen)
            RenewIn(BudgetTiming.Renew);
    }

    private void Failed(Exception e)
    {
        _metrics.Exchanged(_integration, TimeSpan.Zero, "store_unavailable");
        if (_failure is null)
            LogAway(_integration, BudgetTiming.Lease.TotalSeconds, e is OperationCanceledException ? "it does not answer in time" : e.Message);

        (_failedAt, _failure) = (_clock.GetTimestamp(), e);
        if (Hand.IsOpen)
            RenewIn(Pause);
    }

    private void RenewIn(TimeSpan wait)
    {
        lock (_gate)
        {
            if (!_closed)
                _renew.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rate limit of {Integration} cannot be renewed; after {Seconds:0} s nothing is sent: {Why}")]
    private partial void LogAway(string integration, double seconds, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The rate limit of {Integration} is renewed again.")]
    private partial void LogBack(string integration);
}
