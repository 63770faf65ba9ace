using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;

namespace HotDash.Pollers.Jobs.DeadLetters;

/// <summary>Who can send a letter again: the integration's adapter, or what the letter stands for.</summary>
internal sealed class ReplayAdapters(IEnumerable<IReplayable> replayables, IEnumerable<IReplayPath> paths)
{
    public IReplayable? Find(ReplayItem item) => item.Subject is null
        ? replayables.FirstOrDefault(adapter => adapter.Integration == item.Integration && adapter.CanReplay(item.Operation))
        : null;

    public IReplayPath? PathOf(ReplayItem item) => item.Subject is { } subject ? paths.FirstOrDefault(path => path.Takes(subject)) : null;
}
