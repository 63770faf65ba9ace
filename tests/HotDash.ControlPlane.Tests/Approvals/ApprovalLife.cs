using HotDash.ControlPlane.Approvals;

namespace HotDash.ControlPlane.Tests.Approvals;

/// <summary>
/// The life of one action in memory: people who decide, two senders that crash, and a provider whose answers get lost and whose effects come late. All move by
/// the state machine that the store uses; what is right is judged without it.
/// </summary>
internal sealed class ApprovalLife
{
    private static readonly string[] People = ["bot", "ada", "ben", "eve"];
    private static readonly TimeSpan CallDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan SettleWindow = TimeSpan.FromSeconds(120);
    private const int MaxSends = 3;

    private readonly Random _random;
    private readonly bool _recognises;
    private readonly Sender[] _senders = [new(), new()];
    private readonly List<(DateTimeOffset At, string Hash)> _landing = [];
    private readonly List<string> _landed = [];

    // What a judge needs to know who has not read the state machine.
    private readonly Dictionary<string, HashSet<string>> _approvals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _authors = ["bot"];
    private readonly List<string> _hashes = ["h1"];

    private Approval _approval;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ApprovalLife(int seed)
    {
        _random = new(seed);
        _recognises = _random.Next(2) == 0;
        _approval = new(
            Guid.CreateVersion7(), "support.reply", "1", "42", "1", "h1", 1, ApprovalState.Pending, 1, _random.Next(1, 3), "bot", ["bot"], [], _now, _now + TimeSpan.FromSeconds(_random.Next(100, 3000)));
    }

    public string? Flaw { get; private set; }

    public int Effects => _landed.Count;

    public void Step()
    {
        switch (_random.Next(16))
        {
            case 0: Edit(); break;
            case 1 or 2 or 3 or 4 or 5: Approve(); break;
            case 6 when _random.Next(8) == 0: Try(by => _approval.Reject(by, AnyHash(), "no", _now)); break;
            case 7: Pass(TimeSpan.FromSeconds(_random.Next(1, 90))); break;
            case 8: _senders[_random.Next(2)].Plan = null; break; // it crashes: its call stays on the wire
            case 9: _approval = _approval.Expire(_now); break;
            case 10 when _random.Next(4) == 0: Outdate(); break;
            default: Send(_senders[_random.Next(2)], honest: false); break;
        }
    }

    /// <summary>Nobody decides any more, nothing crashes, and the provider answers: it has to come to an end that is true.</summary>
    public void RunOut()
    {
        Array.ForEach(_senders, sender => sender.Plan = null);
        for (var step = 0; step < 200; step++)
        {
            Send(_senders[0], honest: true);
            Pass(TimeSpan.FromSeconds(20));
            _approval = _approval.Expire(_now);
        }

        if (_recognises && _approval.State is ApprovalState.Unknown && _approval.ExpiresAt <= _now)
            return; // a person looks
        if (_approval.State is not (ApprovalState.Sent or ApprovalState.Rejected or ApprovalState.Expired or ApprovalState.Failed))
            Flaw ??= $"lost: it is still {_approval.State}";
        if (_approval.State is ApprovalState.Sent != (_landed.Count == 1))
            Flaw ??= $"it is {_approval.State}, with {_landed.Count} effects";
    }

    private void Edit()
    {
        var hash = $"h{_hashes.Count + 1}";
        Try(by =>
        {
            var edited = _approval.Edit(by, AnyHash(), hash, _now);
            _authors.Add(by);
            _hashes.Add(hash);
            return edited;
        });
    }

    private void Approve() => Try(by =>
    {
        var hash = AnyHash();
        var approved = _approval.Approve(by, hash, _now);
        if (!_approvals.TryGetValue(hash, out var approvers))
            _approvals[hash] = approvers = new(StringComparer.Ordinal);
        if (!ReferenceEquals(approved, _approval))
            approvers.Add(by);
        return approved;
    });

    private void Outdate(Guid? attempt = null)
    {
        var hash = $"h{_hashes.Count + 1}";
        var outdated = _approval.Outdate("2", hash, attempt);
        if (!ReferenceEquals(outdated, _approval))
            _hashes.Add(hash);
        _approval = outdated;
    }

    private void Try(Func<string, Approval> decision)
    {
        try
        {
            _approval = decision(People[_random.Next(People.Length)]);
        }
        catch (ApprovalRefusedException)
        {
        }
    }

    private string AnyHash() => _random.Next(5) == 0 ? _hashes[_random.Next(_hashes.Count)] : _hashes[^1];

    private void Pass(TimeSpan time)
    {
        _now += time;
        foreach (var (at, hash) in _landing.Where(effect => effect.At <= _now).ToList())
        {
            _landing.Remove((at, hash));
            Land(hash);
        }
    }

    private void Land(string hash)
    {
        if (_recognises && _landed.Contains(hash))
            return;

        _landed.Add(hash);
        if (_landed.Count > 1)
            Flaw ??= "it had its effect twice";
        if (!_approvals.TryGetValue(hash, out var approvers) || approvers.Except(_authors).Count() < _approval.Required)
            Flaw ??= $"what nobody approved was sent ({hash})";
    }

    /// <summary>A sender does one thing: what it planned from what it read before, or reads and plans. Much may happen in between.</summary>
    private void Send(Sender sender, bool honest)
    {
        if (sender.Plan is { } plan)
        {
            sender.Plan = null;
            plan();
            return;
        }

        var (read, from) = (_approval, _now);
        sender.Plan = read.Next(AbandonedAfter, _now) switch
        {
            SendStep.Send => () => Begin(sender, honest, repeats: false),
            SendStep.Look when _recognises => _now - read.UnknownAt < SettleWindow ? null : () => Begin(sender, honest, repeats: true),
            SendStep.Abandon => () => _approval = _approval.Abandon(AbandonedAfter, _now),
            SendStep.Expire => () => _approval = _approval.Expire(_now),
            SendStep.Look when _landed.Count > 0 => () => _approval = _approval.Found(read.AttemptId!.Value, "81"),
            SendStep.Look => () => _approval = _approval.Absent(read.AttemptId!.Value, from, SettleWindow, MaxSends, _now),
            _ => null,
        };
    }

    private void Begin(Sender sender, bool honest, bool repeats)
    {
        var attempt = Guid.CreateVersion7();
        var begun = _approval.Begin(attempt, _now, repeats);
        if (ReferenceEquals(begun, _approval))
            return;

        _approval = begun;
        if (!honest && _landed.Count is 0 && _random.Next(8) == 0 && !_landing.Exists(effect => effect.Hash == begun.Hash))
        {
            sender.Plan = () => Outdate(attempt);
            return;
        }

        var (lands, end) = honest ? (0, SendEnd.Sent("81")) : _random.Next(7) switch
        {
            0 => (-1, SendEnd.NotSent("limit")),
            1 => (-1, SendEnd.Lost("timeout")),
            2 => (0, SendEnd.Lost("the answer was lost")),
            3 => (_random.Next((int)CallDeadline.TotalSeconds), SendEnd.Lost("no answer in time")),
            4 when _random.Next(4) == 0 && !_landed.Contains(begun.Hash) && !_landing.Exists(effect => effect.Hash == begun.Hash) => (-1, SendEnd.Refused("gone")),
            _ => (0, SendEnd.Sent("81")),
        };

        // The effect may come when the sender has crashed; a sender that got no answer says so at the deadline, when the call has ended.
        if (lands >= 0)
            _landing.Add((_now + TimeSpan.FromSeconds(lands), begun.Hash));
        Pass(TimeSpan.Zero);
        var called = _now;
        sender.Plan = () =>
        {
            if (end.Kind is SendEndKind.Lost && _now < called + CallDeadline)
                Pass(called + CallDeadline - _now);
            _approval = _approval.End(attempt, end, _now);
        };
    }

    private sealed class Sender
    {
        /// <summary>What it is about to do; null when it has to read first.</summary>
        public Action? Plan { get; set; }
    }
}
