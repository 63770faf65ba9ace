using System.Collections.Concurrent;

namespace HotDash.Integrations.Tests.Contract;

internal sealed class OutcomeList : IOutcomeSink
{
    private readonly ConcurrentQueue<Outcome> outcomes = new();

    public IReadOnlyList<Outcome> All => [.. outcomes];

    public void Record(in Outcome outcome) => outcomes.Enqueue(outcome);
}
