using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace HotDash.ControlPlane.Budgets;

/// <summary>
/// Of this process, by integration: <c>hotdash.budget.taken</c>, <c>hotdash.budget.refused</c>, <c>hotdash.budget.held</c> (tokens in hand),
/// <c>hotdash.budget.exchange.duration</c> (s, with the store; its count by result).
/// </summary>
internal sealed class BudgetMetrics
{
    private readonly ConcurrentDictionary<string, Hand> _hands = new(StringComparer.Ordinal);
    private readonly Histogram<double> _exchanges;

    public BudgetMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("HotDash.Budgets");
        _exchanges = meter.CreateHistogram<double>("hotdash.budget.exchange.duration", "s", "How long exchanges with the store took.");
        meter.CreateObservableCounter("hotdash.budget.taken", () => Each(hand => hand.Taken), "{token}", "Tokens taken.");
        meter.CreateObservableCounter("hotdash.budget.refused", () => Each(hand => hand.Refused), "{call}", "Wishes that could not be met at once.");
        meter.CreateObservableGauge("hotdash.budget.held", () => Each(hand => (long)hand.Tokens), "{token}", "Tokens that this process may use.");
    }

    public void Watch(string integration, Hand hand) => _hands[integration] = hand;

    public void Exchanged(string integration, TimeSpan duration, string result) =>
        _exchanges.Record(duration.TotalSeconds, new("integration", integration), new("result", result));

    private IEnumerable<Measurement<long>> Each(Func<Hand, long> value) =>
        _hands.Select(hand => new Measurement<long>(value(hand.Value), new KeyValuePair<string, object?>("integration", hand.Key)));
}
