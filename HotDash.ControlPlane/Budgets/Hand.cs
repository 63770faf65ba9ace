namespace HotDash.ControlPlane.Budgets;

/// <summary>
/// The slots that this process may use of one integration's budget. Each rests for a whole cycle after its use, in whoever's
/// hand it is then. Talks to the store by <see cref="Prepare"/> and <see cref="Accept"/>, one exchange at a time.
/// </summary>
internal sealed class Hand(BudgetTerms configured, string process, TimeProvider clock)
{
    private const long Never = long.MinValue;
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly List<HeldSlot> _slots = []; // by FreeAt
    private readonly List<HeldSlot> _returned = []; // until the store has confirmed it
    private readonly Demand _demand = new(clock);
    private readonly BudgetTerms _configured = configured;
    private BudgetTerms _terms = configured;
    private Guid _share = Guid.CreateVersion7();
    private int _allotted = int.MaxValue;
    private bool _more = true;
    private long _validUntil = Never;
    private long _nextAt;

    /// <summary>Tokens, since the start.</summary>
    public long Taken { get; private set; }

    /// <summary>Wishes that could not be met at once, since the start.</summary>
    public long Refused { get; private set; }

    /// <summary>Whether there is anything to renew or to give back.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
                return _slots.Count > 0 || _returned.Count > 0 || _demand.IsRecent(clock.GetTimestamp());
        }
    }

    public bool HoldsTooMuch
    {
        get
        {
            lock (_gate)
                return _slots.Count > _allotted;
        }
    }

    public bool MayBeUsed
    {
        get
        {
            lock (_gate)
                return clock.GetTimestamp() < _validUntil;
        }
    }

    public int Tokens
    {
        get
        {
            lock (_gate)
                return clock.GetTimestamp() < _validUntil ? _slots.Sum(slot => slot.Left) : 0;
        }
    }

    public BudgetTerms Terms => Volatile.Read(ref _terms);

    /// <param name="again">Whether this wish was refused before, and is counted already.</param>
    public Take TryTake(int cost, bool again = false)
    {
        lock (_gate)
        {
            // Read inside: a later reader must not see an earlier time, or the slots would get out of order.
            var now = clock.GetTimestamp();
            _demand.Add(again ? 0 : cost, now);

            if (now >= _validUntil)
                return Refuse(cost, BudgetTiming.Renew, askStore: true);

            if (FreeAt(cost) is not { } freeAt)
                return Refuse(cost, Until(_nextAt, now), _more);

            if (freeAt > now)
                return Refuse(cost, Until(freeAt, now), _more);

            Spend(cost, now);
            Taken += cost;
            return default;
        }
    }

    /// <summary>What to tell the store. What it gives back is not used any more from now on, whatever becomes of the message.</summary>
    public Ask Prepare(long began, bool closing = false)
    {
        lock (_gate)
        {
            if (_validUntil != Never && began >= _validUntil)
                StartOver();

            var (wants, needs) = closing ? (0, 0) : _demand.Measure(_terms, began);
            GiveBack(began, Math.Min(wants, _allotted));
            return new(_share, process, _configured, [.. _slots.Select(slot => Notice(slot, began))], [.. _returned.Select(slot => Notice(slot, began))], wants, needs);
        }
    }

    /// <param name="began">When the ask was prepared.</param>
    public void Accept(Ask ask, Grant grant, long began)
    {
        lock (_gate)
        {
            if (grant.Lost)
                StartOver();

            if (grant.Lost || ask.Share != _share)
                return;

            // Counted from the answer's arrival, and so not too early by any clock.
            var received = clock.GetTimestamp();
            Volatile.Write(ref _terms, grant.Terms);
            _returned.Clear();
            foreach (var slot in grant.Slots)
                Insert(new(slot.Slot, _terms.Capacity(slot.Slot), received + Ticks(slot.FreeIn), 0));

            (_allotted, _more) = (grant.Allotted, grant.More);
            _nextAt = received + Ticks(grant.NextIn > TimeSpan.Zero ? grant.NextIn.Value : BudgetTiming.Renew);
            _validUntil = ask is { Wants: 0, Kept.Count: 0 } ? Never : began + Ticks(BudgetTiming.Lease);
        }
    }

    private Take Refuse(int cost, TimeSpan wait, bool askStore)
    {
        _demand.Refused(cost);
        Refused++;
        return new(wait, askStore);
    }

    /// <returns>When the first slots that hold this much together are all free; null when the hand has not so much.</returns>
    private long? FreeAt(int cost)
    {
        foreach (var slot in _slots)
        {
            cost -= slot.Left;
            if (cost <= 0)
                return slot.FreeAt;
        }

        return null;
    }

    private void Spend(int cost, long now)
    {
        while (cost > 0)
        {
            var slot = _slots[0];
            if (cost < slot.Left)
            {
                _slots[0] = slot with { Left = slot.Left - cost, LastUse = now };
                return;
            }

            cost -= slot.Left;
            _slots.RemoveAt(0);
            Insert(new(slot.Slot, _terms.Capacity(slot.Slot), now + Ticks(_terms.Cycle), now));
        }
    }

    private void Insert(HeldSlot slot)
    {
        var place = _slots.Count;
        while (place > 0 && _slots[place - 1].FreeAt > slot.FreeAt)
            place--;

        _slots.Insert(place, slot);
    }

    /// <summary>Everything beyond what is wanted, the latest first, and what will rest for long: the store hands it out in time.</summary>
    private void GiveBack(long began, int keep)
    {
        while (_slots is [.., var last] && (_slots.Count > keep || last.FreeAt > began + Ticks(BudgetTiming.Ahead)))
        {
            _slots.RemoveAt(_slots.Count - 1);
            _returned.Add(last.Left < _terms.Capacity(last.Slot) ? last with { FreeAt = last.LastUse + Ticks(_terms.Cycle) } : last);
        }
    }

    private void StartOver()
    {
        _slots.Clear();
        _returned.Clear();
        _share = Guid.CreateVersion7();
        (_validUntil, _allotted, _more) = (Never, int.MaxValue, true);
    }

    private SlotNotice Notice(HeldSlot slot, long now) => new(slot.Slot, Span(slot.FreeAt - now));

    private TimeSpan Until(long at, long now) => Span(at - now) is var wait && wait > Soonest ? wait : Soonest;

    private long Ticks(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds * clock.TimestampFrequency);

    private TimeSpan Span(long ticks) => TimeSpan.FromSeconds((double)ticks / clock.TimestampFrequency);
}
