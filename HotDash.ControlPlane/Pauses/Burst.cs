using HotDash.Integrations;

namespace HotDash.ControlPlane.Pauses;

/// <summary>The last calls of one integration. Says when most of them failed the same way, one that passes with time.</summary>
internal sealed class Burst(TimeProvider clock)
{
    /// <summary>Fewer calls than this say nothing.</summary>
    public const int Size = 20;

    /// <summary>Calls further apart than this are no burst.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<(long At, OutcomeKind Kind)> _calls = new(Size);
    private OutcomeKind _opened = OutcomeKind.Unavailable;

    /// <returns>How most of the burst failed; null when that is not so. Then it starts over.</returns>
    public OutcomeKind? Add(OutcomeKind kind)
    {
        lock (_lock)
        {
            if (_calls.Count == Size)
                _calls.Dequeue();
            _calls.Enqueue((clock.GetTimestamp(), Cause(kind)));

            if (_calls.Count < Size || clock.GetElapsedTime(_calls.Peek().At) > Window || Common() is not { } common)
                return null;

            _calls.Clear();
            return common;
        }
    }

    /// <summary>What a breaker refuses counts as what opened it.</summary>
    private OutcomeKind Cause(OutcomeKind kind)
    {
        if (kind is OutcomeKind.CircuitOpen)
            return _opened;
        if (Passes(kind))
            _opened = kind;

        return kind;
    }

    private OutcomeKind? Common() => _calls.Where(call => Passes(call.Kind)).GroupBy(call => call.Kind)
        .Where(kind => kind.Count() > Size / 2).Select(kind => (OutcomeKind?)kind.Key).FirstOrDefault();

    /// <summary>Being over a limit is not among them: that has its own wait for all.</summary>
    private static bool Passes(OutcomeKind kind) =>
        kind is OutcomeKind.Unavailable or OutcomeKind.Timeout or OutcomeKind.Network or OutcomeKind.UnexpectedReply;
}
