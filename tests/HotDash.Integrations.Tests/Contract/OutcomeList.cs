using System.Collections.Concurrent;

namespace HotDash.Integrations.Tests.Contract;

internal sealed class OutcomeList : IOutcomeSink
{
    private readonly ConcurrentQueue<Outcome> _outcomes = new();

    public IReadOnlyList<Outcome> All => [.. _outcomes];

    public void Record(in Outcome outcome) => _outcomes.Enqueue(outcome);
}
