using HotDash.ControlPlane.Budgets;

namespace HotDash.ControlPlane.Tests.Budgets.Model;

/// <summary>A process with a clock of its own, whose messages are late, lost, or lost on their way back.</summary>
internal sealed class SimulatedProcess
{
    private readonly SimulatedStore _store;
    private readonly Func<TimeSpan> _time;
    private readonly List<Message> _messages = []; // also of exchanges that were given up: what is under way may still arrive
    private TimeSpan _renewAt;
    private Message? _current;

    public SimulatedProcess(string name, BudgetTerms terms, SimulatedStore store, Func<TimeSpan> time, TimeSpan offset = default, double pace = 1)
    {
        (_store, _time) = (store, time);
        Clock = new(time, offset, pace);
        Hand = new(terms, name, Clock);
    }

    public Hand Hand { get; }

    public ProcessClock Clock { get; }

    public bool IsCutOff { get; set; }

    public TimeSpan FrozenUntil { get; set; }

    /// <summary>How long a message takes for a part of its way.</summary>
    public Func<TimeSpan> Latency { get; set; } = () => TimeSpan.FromMilliseconds(1);

    public bool IsFrozen => _time() < FrozenUntil;

    public bool TryTake(int cost)
    {
        if (IsFrozen)
            return false;

        var take = Hand.TryTake(cost);
        if (take.AskStore && _current is null)
            Ask();

        return take.Wait is null;
    }

    /// <summary>Moves messages on, and renews in time.</summary>
    public void Step()
    {
        foreach (var message in _messages.Where(message => message.Due <= _time()).ToList())
            Advance(message);

        if (IsFrozen)
            return;

        if (_current is { } current && _time() - current.BeganAt > BudgetTiming.Patience)
            Finish(current, answered: false);

        if (_current is null && _time() >= _renewAt && Hand.IsOpen)
            Ask();
    }

    /// <summary>What a stopped process does last.</summary>
    public void Close()
    {
        _current = null;
        var began = Clock.GetTimestamp();
        var ask = Hand.Prepare(began, closing: true);
        var pool = _store.Read();
        Hand.Accept(ask, pool.Exchange(ask, _store.Now), began);
        _store.Swap(pool, _store.Version);
    }

    private void Ask()
    {
        var began = Clock.GetTimestamp();
        _current = new(Hand.Prepare(began), began, _time()) { Due = _time() + Latency() };
        _messages.Add(_current);
    }

    private void Advance(Message message)
    {
        message.Due = _time() + Latency();
        if (message.Grant is not null)
            Receive(message);
        else if (IsCutOff || _store.IsAway)
            _messages.Remove(message);
        else if (message.Pool is not null && _store.Swap(message.Pool, message.Version))
            message.Grant = message.Decided;
        else if (ReferenceEquals(message, _current))
            Read(message);
        else
            _messages.Remove(message); // was given up: what it read before may still be stored, but nothing is read again
    }

    private void Read(Message message)
    {
        (message.Pool, message.Version) = (_store.Read(), _store.Version);
        message.Decided = message.Pool.Exchange(message.Ask, _store.Now);
    }

    private void Receive(Message message)
    {
        if (IsFrozen)
            return;

        _messages.Remove(message);
        if (!IsCutOff && ReferenceEquals(message, _current))
            Finish(message, answered: true);
    }

    private void Finish(Message message, bool answered)
    {
        if (answered)
            Hand.Accept(message.Ask, message.Grant!, message.Began);

        _current = null;
        _renewAt = _time() + (answered && Hand.HoldsTooMuch ? TimeSpan.FromMilliseconds(20) : BudgetTiming.Renew);
    }

    private sealed class Message(Ask ask, long began, TimeSpan beganAt)
    {
        public Ask Ask => ask;

        public long Began => began;

        public TimeSpan BeganAt => beganAt;

        public TimeSpan Due { get; set; }

        public BudgetPool? Pool { get; set; }

        public long Version { get; set; }

        public Grant? Decided { get; set; }

        public Grant? Grant { get; set; }
    }
}

/// <summary>Began at another moment than others, and runs a little faster or slower.</summary>
internal sealed class ProcessClock(Func<TimeSpan> time, TimeSpan offset, double pace) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ((time() * pace) + offset).Ticks;
}
